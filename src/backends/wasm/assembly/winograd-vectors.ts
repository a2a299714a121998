/** What the 1-D transforms of Winograd have in common: arithmetic on vectors, and where results go. */

// @ts-ignore: decorator
@inline
export function sum(a: v128, b: v128): v128 {
  return f32x4.add(a, b);
}

// @ts-ignore: decorator
@inline
export function minus(a: v128, b: v128): v128 {
  return f32x4.sub(a, b);
}

// @ts-ignore: decorator
@inline
export function times(a: v128, b: v128): v128 {
  return f32x4.mul(a, b);
}

/** Where a transform of results puts its vectors. */
export abstract class Sink {
  /** Address of the first vector of result `i`. */
  abstract at(to: usize, step: usize, i: usize): usize;
  /** What is done to a vector at last. */
  abstract last(x: v128, floor: v128): v128;
}

/** Results `step` bytes apart. */
export class Steps extends Sink {
  // @ts-ignore: decorator
  @inline
  at(to: usize, step: usize, i: usize): usize {
    return to + i * step;
  }
  // @ts-ignore: decorator
  @inline
  last(x: v128, floor: v128): v128 {
    return x;
  }
}

/** To the pixels whose addresses are in the table `to`, `step` bytes behind each: the results, no less than `floor`. */
export class Pixels extends Sink {
  // @ts-ignore: decorator
  @inline
  at(to: usize, step: usize, i: usize): usize {
    return load<usize>(to + (i << 2)) + step;
  }
  // @ts-ignore: decorator
  @inline
  last(x: v128, floor: v128): v128 {
    // x < floor ? floor : x, so a NaN stays a NaN.
    return f32x4.pmax(x, floor);
  }
}
