/**
 * Broadcasting, as the host describes it (kernels/shared/broadcast.ts): the output is rows of `inner` neighbouring elements, and in
 * a row each input either moves along (step 1) or stays (step 0). Where an input's row begins follows from the row's
 * coordinates in the outer axes, outermost first, each with its size and one stride an input, in elements.
 */

/**
 * Where input number `input` (from 1) begins for a row.
 * @param axes i32[rank][1 + number of inputs]: size, then strides.
 */
// @ts-ignore: decorator
@inline
export function rowOffset(axes: usize, rank: i32, inputs: i32, input: i32, row: i32): usize {
  let offset = 0;
  let rest = row;
  for (let axis = rank - 1; axis >= 0; axis--) {
    const at = axes + ((<usize>(axis * (1 + inputs))) << 2);
    const stride = load<i32>(at + ((<usize>input) << 2));
    if (axis == 0) return <usize>(offset + rest * stride);
    const size = load<i32>(at);
    const next = rest / size;
    offset += (rest - next * size) * stride;
    rest = next;
  }
  return 0;
}
