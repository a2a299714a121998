/**
 * One pixel's channels in scratch, between zeros: a window that reaches over the ends then adds nothing, and whole
 * vectors may be read and written past the last channel.
 */

/** Zeros before channel 0, in float32: the radius rounded up to whole vectors, so that channel 0 stays aligned. */
// @ts-ignore: decorator
@inline
export function rowMargin(radius: i32): i32 {
  return (radius + 7) & ~7;
}

/** float32 of one row: its channels rounded up to pairs of vectors, and margins. The host's rowFloats in lrn-launch.ts. */
// @ts-ignore: decorator
@inline
export function rowFloats(channels: i32, radius: i32): i32 {
  return ((channels + 7) & ~7) + 2 * rowMargin(radius);
}

/** The sum of 2 radius + 1 float32 around each of the four at `at`. */
// @ts-ignore: decorator
@inline
export function windowSum(at: usize, radius: i32): v128 {
  const end = at + (<usize>radius << 2);
  let from = at - (<usize>radius << 2);
  let sum = v128.load(from);
  for (from += 4; from <= end; from += 4) sum = f32x4.add(sum, v128.load(from));
  return sum;
}
