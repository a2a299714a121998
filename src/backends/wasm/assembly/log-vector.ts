/** ln x in vectors: reduction and polynomial of Cephes' logf (Moshier, netlib.org/cephes), under 1 ulp. */

import { madd } from "./simd";

/** Bits of sqrt(1/2): mantissas are taken from there to sqrt(2), around 1. */
const ROOT_HALF: i32 = 0x3f3504f3;

/**
 * ln x in each lane: -infinity of zeros, NaN of negative numbers and NaN, infinity of infinity; subnormals count.
 * Call it twice in a row for a pair of vectors.
 */
// @ts-ignore: decorator
@inline
export function logVector(x: v128): v128 {
  const small = f32x4.lt(x, f32x4.splat(1.17549435e-38));
  // 2^23 makes any subnormal normal.
  const normal = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608)), x, small);
  const bits = i32x4.sub(normal, i32x4.splat(ROOT_HALF));
  const exponent = i32x4.sub(i32x4.shr_s(bits, 23), v128.and(small, i32x4.splat(23)));
  const e = f32x4.convert_i32x4_s(exponent);
  const mantissa = i32x4.add(v128.and(bits, i32x4.splat(0x7fffff)), i32x4.splat(ROOT_HALF));
  const f = f32x4.sub(mantissa, f32x4.splat(1));
  const z = f32x4.mul(f, f);
  let p = f32x4.splat(7.0376836292e-2);
  p = madd(p, f, f32x4.splat(-1.1514610310e-1));
  p = madd(p, f, f32x4.splat(1.1676998740e-1));
  p = madd(p, f, f32x4.splat(-1.2420140846e-1));
  p = madd(p, f, f32x4.splat(1.4249322787e-1));
  p = madd(p, f, f32x4.splat(-1.6668057665e-1));
  p = madd(p, f, f32x4.splat(2.0000714765e-1));
  p = madd(p, f, f32x4.splat(-2.4999993993e-1));
  p = madd(p, f, f32x4.splat(3.3333331174e-1));
  p = f32x4.mul(f32x4.mul(p, f), z);
  // ln 2 in two parts, the small one first.
  p = madd(e, f32x4.splat(-2.12194440e-4), p);
  p = madd(z, f32x4.splat(-0.5), p);
  let y = madd(e, f32x4.splat(0.693359375), f32x4.add(f, p));
  // infinity and NaN as they are; zeros; negative numbers.
  y = v128.bitselect(y, x, f32x4.lt(x, f32x4.splat(Infinity)));
  y = v128.bitselect(f32x4.splat(-Infinity), y, f32x4.eq(x, f32x4.splat(0)));
  return v128.bitselect(f32x4.splat(NaN), y, f32x4.lt(x, f32x4.splat(0)));
}

/** ln x of one number, the same bits as in a vector. */
export function logScalar(x: f32): f32 {
  return f32x4.extract_lane(logVector(f32x4.splat(x)), 0);
}
