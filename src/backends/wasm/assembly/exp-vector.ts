/** e^x in vectors: range reduction and polynomial of Cephes' expf (Moshier, netlib.org/cephes), under 2 ulp. */

import { madd } from "./simd";

/**
 * e^x in each lane. NaN stays NaN; results below half the smallest subnormal are 0, above the largest float32 infinity.
 * Call it twice in a row for a pair of vectors.
 */
// @ts-ignore: decorator
@inline
export function expVector(x: v128): v128 {
  // Beyond these the result is 0 or infinity anyway. pmin and pmax hand a NaN in x through.
  x = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-104)), f32x4.splat(89));
  // n = round(x / ln 2): adding 1.5 * 2^23 leaves the rounded integer in the low bits.
  const shifter = f32x4.splat(12582912);
  const shifted = madd(x, f32x4.splat(1.44269504088896341), shifter);
  const n = f32x4.sub(shifted, shifter);
  const integer = i32x4.sub(shifted, shifter);
  // r = x - n ln 2, ln 2 in two parts of which the first has few enough bits for n times it to be exact.
  let r = madd(n, f32x4.splat(-0.693359375), x);
  r = madd(n, f32x4.splat(2.12194440e-4), r);
  let p = f32x4.splat(1.9875691500e-4);
  p = madd(p, r, f32x4.splat(1.3981999507e-3));
  p = madd(p, r, f32x4.splat(8.3334519073e-3));
  p = madd(p, r, f32x4.splat(4.1665795894e-2));
  p = madd(p, r, f32x4.splat(1.6666665459e-1));
  p = madd(p, r, f32x4.splat(5.0000001201e-1));
  p = f32x4.add(madd(f32x4.mul(r, r), p, r), f32x4.splat(1));
  // 2^n in two factors: at the ends of the range it is no float32 of its own.
  const half = i32x4.shr_s(integer, 1);
  const first = i32x4.shl(i32x4.add(half, i32x4.splat(127)), 23);
  const second = i32x4.shl(i32x4.add(i32x4.sub(integer, half), i32x4.splat(127)), 23);
  return f32x4.mul(f32x4.mul(p, first), second);
}

/** e^x of one number, the same bits as in a vector. */
export function expScalar(x: f32): f32 {
  return f32x4.extract_lane(expVector(f32x4.splat(x)), 0);
}
