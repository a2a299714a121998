/**
 * The only arithmetic of windows (convolutions and pools) in the project: how a kernel slides over one spatial
 * dimension. Everything that needs an output size or a padding asks here.
 */

/** `"SAME"`, `"VALID"`, or explicit cells `[[before, after], [before, after]]` for height and width. */
export type Padding = "SAME" | "VALID" | readonly [readonly [number, number], readonly [number, number]];

/** One spatial dimension of a window operation, all in cells. */
export interface Window {
  readonly input: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
  readonly output: number;
}

/**
 * Slides `kernel` over `input`.
 *
 * SAME pads max((ceil(in / s) - 1) s + k - in, 0) cells in all, the odd one at the end; VALID none.
 * @see TensorFlow, "Notes on padding in TensorFlow", tf.nn documentation.
 */
export function slide(
  input: number,
  kernel: number,
  stride: number,
  dilation: number,
  padding: "SAME" | "VALID" | readonly [number, number],
): Window {
  const extent = (kernel - 1) * dilation + 1;
  if (padding === "SAME") {
    const output = Math.ceil(input / stride);
    const total = output === 0 ? 0 : Math.max((output - 1) * stride + extent - input, 0);
    const before = Math.floor(total / 2);
    return { input, kernel, stride, dilation, before, after: total - before, output };
  }
  const [before, after] = padding === "VALID" ? [0, 0] : padding;
  const output = Math.max(Math.floor((input + before + after - extent) / stride) + 1, 0);
  return { input, kernel, stride, dilation, before, after, output };
}

/** The output size alone, unknown when the input is. */
export function slideOutput(
  input: number | null,
  kernel: number | null,
  stride: number,
  dilation: number,
  padding: "SAME" | "VALID" | readonly [number, number],
): number | null {
  if (input === null || kernel === null) return null;
  return slide(input, kernel, stride, dilation, padding).output;
}

/**
 * The input size that a transposed window operation gives when none is asked for: `slide` over it gives `output` back.
 * SAME: output * stride; VALID: just enough for the last kernel, and no less than output * stride.
 * @see Keras, Conv2DTranspose, which takes the same sizes.
 */
export function slideBack(
  output: number,
  kernel: number,
  stride: number,
  dilation: number,
  padding: "SAME" | "VALID" | readonly [number, number],
): number {
  if (padding === "SAME") return output * stride;
  const extent = (kernel - 1) * dilation + 1;
  const [before, after] = padding === "VALID" ? [0, 0] : padding;
  return output * stride + Math.max(extent - stride, 0) - before - after;
}

/** The padding of one axis: 0 for height, 1 for width. */
export function paddingOf(padding: Padding, axis: 0 | 1): "SAME" | "VALID" | readonly [number, number] {
  return typeof padding === "string" ? padding : padding[axis];
}
