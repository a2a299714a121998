/** Logarithms in four lanes. */

import { madd } from "./simd";
import { map, Unary } from "./unary";

/**
 * Natural logarithm, within 2 units in the last place, denormal numbers included: -infinity at 0, NaN below and for NaN.
 *
 * log(x) = log(m) + e ln 2 with m within sqrt(1/2) .. sqrt 2. The polynomial and the two parts of ln 2 are Cephes'
 * (Moshier, logf.c).
 */
// @ts-ignore: decorator
@inline
export function log4(x: v128): v128 {
  const denormal = f32x4.lt(x, f32x4.splat(1.17549435e-38));
  const normal = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608)), x, denormal);
  const bias = v128.bitselect(i32x4.splat(126 + 23), i32x4.splat(126), denormal);
  const whole = i32x4.sub(i32x4.shr_u(normal, 23), bias);
  // 0.5 <= m < 1 at first.
  const half = v128.or(v128.and(normal, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000));
  const small = f32x4.lt(half, f32x4.splat(0.707106781));
  const e = f32x4.convert_i32x4_s(i32x4.add(whole, small)); // a mask is -1
  const m = f32x4.sub(f32x4.add(half, v128.and(half, small)), f32x4.splat(1));
  const square = f32x4.mul(m, m);
  let p = madd(f32x4.splat(7.0376836292e-2), m, f32x4.splat(-1.151461031e-1));
  p = madd(p, m, f32x4.splat(1.167699874e-1));
  p = madd(p, m, f32x4.splat(-1.2420140846e-1));
  p = madd(p, m, f32x4.splat(1.4249322787e-1));
  p = madd(p, m, f32x4.splat(-1.6668057665e-1));
  p = madd(p, m, f32x4.splat(2.0000714765e-1));
  p = madd(p, m, f32x4.splat(-2.4999993993e-1));
  p = madd(p, m, f32x4.splat(3.3333331174e-1));
  p = f32x4.mul(f32x4.mul(p, m), square);
  p = madd(e, f32x4.splat(-2.1219444e-4), p);
  p = madd(square, f32x4.splat(-0.5), p);
  const finite = madd(e, f32x4.splat(0.693359375), f32x4.add(m, p));
  const positive = f32x4.splat(Infinity);
  const atInfinity = v128.bitselect(positive, finite, f32x4.eq(x, positive));
  const atZero = v128.bitselect(f32x4.splat(-Infinity), atInfinity, f32x4.eq(x, f32x4.splat(0)));
  // All bits set are a NaN.
  return v128.or(atZero, v128.not(f32x4.ge(x, f32x4.splat(0))));
}

/**
 * log(1 + x), accurate near 0, too: log(u) + (x - (u - 1)) / u, where u is 1 + x rounded and the second term makes the
 * rounding good (fdlibm's s_log1p.c).
 */
// @ts-ignore: decorator
@inline
export function log1p4(x: v128): v128 {
  const one = f32x4.splat(1);
  const u = f32x4.add(x, one);
  const correction = f32x4.div(f32x4.sub(x, f32x4.sub(u, one)), u);
  const usable = v128.and(f32x4.gt(u, f32x4.splat(0)), f32x4.lt(u, f32x4.splat(Infinity)));
  return f32x4.add(log4(u), v128.and(correction, usable));
}

class Log extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return log4(x);
  }
}

/** y = log(x). */
export function log(args: usize, task: i32, scratch: usize): void {
  map<Log>(args, task);
}

class Log1p extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return log1p4(x);
  }
}

/** y = log(1 + x). */
export function log1p(args: usize, task: i32, scratch: usize): void {
  map<Log1p>(args, task);
}
