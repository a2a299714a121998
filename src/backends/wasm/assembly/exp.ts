/** The exponential function in four lanes. */

import { madd } from "./simd";
import { map, Unary } from "./unary";

/**
 * exp(x), within 1.5 units in the last place. Overflows to infinity, underflows through denormal numbers to 0; NaN stays
 * NaN.
 *
 * exp(x) = 2^n exp(r) with n = x / ln 2 rounded. The polynomial and the two parts of ln 2 are Cephes' (Moshier, expf.c).
 */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  return expSum4(x, f32x4.splat(0));
}

/** exp(x + tail), where x carries an error that `tail` makes good: |tail| is small against 1. */
// @ts-ignore: decorator
@inline
export function expSum4(x: v128, tail: v128): v128 {
  // pmin and pmax, with the constant second, keep a NaN. Beyond the limits the result is 0 or infinity in any case.
  const within = f32x4.pmax(f32x4.pmin(x, f32x4.splat(89)), f32x4.splat(-104));
  const n = f32x4.nearest(f32x4.mul(f32x4.add(within, tail), f32x4.splat(1.44269504)));
  const r = f32x4.add(remainder(within, n), tail);
  const p = f32x4.add(expm1Polynomial(r), f32x4.splat(1));
  // 2^n in two factors, since 2^128 and 2^-150 are no float32.
  const whole = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(whole, 1);
  return f32x4.mul(f32x4.mul(p, powerOf2(half)), powerOf2(i32x4.sub(whole, half)));
}

/** exp(x) - 1 for x <= 0, accurate near 0, too. */
// @ts-ignore: decorator
@inline
export function expm1OfNegative4(x: v128): v128 {
  const within = f32x4.pmax(x, f32x4.splat(-87));
  const n = f32x4.nearest(f32x4.mul(within, f32x4.splat(1.44269504)));
  const p = expm1Polynomial(remainder(within, n));
  const scale = powerOf2(i32x4.trunc_sat_f32x4_s(n));
  return f32x4.add(f32x4.mul(p, scale), f32x4.sub(scale, f32x4.splat(1)));
}

/** x - n ln 2, with ln 2 in two parts: n times the first is exact. */
// @ts-ignore: decorator
@inline
function remainder(x: v128, n: v128): v128 {
  return madd(n, f32x4.splat(2.1219444e-4), madd(n, f32x4.splat(-0.693359375), x));
}

/** exp(r) - 1 for |r| <= 0.35. */
// @ts-ignore: decorator
@inline
function expm1Polynomial(r: v128): v128 {
  let p = madd(f32x4.splat(1.98756915e-4), r, f32x4.splat(1.3981999507e-3));
  p = madd(p, r, f32x4.splat(8.3334519073e-3));
  p = madd(p, r, f32x4.splat(4.1665795894e-2));
  p = madd(p, r, f32x4.splat(1.6666665459e-1));
  p = madd(p, r, f32x4.splat(5.0000001201e-1));
  return madd(p, f32x4.mul(r, r), r);
}

/** 2^n for -126 <= n <= 127. */
// @ts-ignore: decorator
@inline
function powerOf2(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

class Exp extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return exp4(x);
  }
}

/** y = exp(x). */
export function exp(args: usize, task: i32, scratch: usize): void {
  map<Exp>(args, task);
}
