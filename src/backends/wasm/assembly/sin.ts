/** Sine and cosine in four lanes. */

import { madd } from "./simd";
import { map, Unary } from "./unary";

/**
 * Up to here the multiples of π/2 number less than 2^20, and their products with its first part, of 33 bits, are exact.
 * Beyond, and for NaN and infinity, one lane after the other.
 */
const LIMIT: f32 = 1048576;

/**
 * sin(x + quarters π/2).
 *
 * x is reduced by multiples of π/2 in float64, where π/2 in two parts (fdlibm's e_rem_pio2.c) leaves a remainder that is
 * right in all digits of float32, even next to a zero of the sine. The polynomials are Cephes' (Moshier, sinf.c).
 */
// @ts-ignore: decorator
@inline
function sine4(x: v128, quarters: i32): v128 {
  const upper = v128.shuffle<f32>(x, x, 2, 3, 2, 3);
  const firstQuarters = quartersIn(x);
  const lastQuarters = quartersIn(upper);
  const r = v128.shuffle<f32>(rest(x, firstQuarters), rest(upper, lastQuarters), 0, 1, 4, 5);
  const whole = v128.shuffle<f32>(
    i32x4.trunc_sat_f64x2_s_zero(firstQuarters),
    i32x4.trunc_sat_f64x2_s_zero(lastQuarters),
    0,
    1,
    4,
    5,
  );
  const quadrant = i32x4.add(whole, i32x4.splat(quarters));
  const square = f32x4.mul(r, r);
  let s = madd(f32x4.splat(-1.9515295891e-4), square, f32x4.splat(8.3321608736e-3));
  s = madd(s, square, f32x4.splat(-1.6666654611e-1));
  s = madd(f32x4.mul(s, square), r, r);
  let c = madd(f32x4.splat(2.443315711809948e-5), square, f32x4.splat(-1.388731625493765e-3));
  c = madd(c, square, f32x4.splat(4.166664568298827e-2));
  c = madd(f32x4.mul(c, square), square, madd(square, f32x4.splat(-0.5), f32x4.splat(1)));
  const isOdd = i32x4.eq(v128.and(quadrant, i32x4.splat(1)), i32x4.splat(1));
  const isNegative = i32x4.shl(v128.and(quadrant, i32x4.splat(2)), 30);
  return v128.xor(v128.bitselect(c, s, isOdd), isNegative);
}

/** f64x2: the multiples of π/2 nearest to lanes 0 and 1. */
// @ts-ignore: decorator
@inline
function quartersIn(x: v128): v128 {
  return f64x2.nearest(f64x2.mul(f64x2.promote_low_f32x4(x), f64x2.splat(0.6366197723675814)));
}

/** What is left of lanes 0 and 1. */
// @ts-ignore: decorator
@inline
function rest(x: v128, quarters: v128): v128 {
  const first = f64x2.sub(f64x2.promote_low_f32x4(x), f64x2.mul(quarters, f64x2.splat(1.57079632673412561417)));
  return f32x4.demote_f64x2_zero(f64x2.sub(first, f64x2.mul(quarters, f64x2.splat(6.07710050650619224932e-11))));
}

// @ts-ignore: decorator
@inline
function isBeyond(x: v128): bool {
  return v128.any_true(v128.not(f32x4.lt(f32x4.abs(x), f32x4.splat(LIMIT))));
}

class Sin extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return isBeyond(x) ? sinOfEach(x) : sine4(x, 0);
  }
}

/** y = sin(x). */
export function sin(args: usize, task: i32, scratch: usize): void {
  map<Sin>(args, task);
}

class Cos extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return isBeyond(x) ? cosOfEach(x) : sine4(x, 1);
  }
}

/** y = cos(x). */
export function cos(args: usize, task: i32, scratch: usize): void {
  map<Cos>(args, task);
}

/**
 * Lanes beyond the limit by the float64 sine (`Mathf.sin` is wrong from 2^89 to 2^90), the others as ever: a lane's value
 * must not depend on its neighbours.
 */
function sinOfEach(x: v128): v128 {
  let y = sine4(x, 0);
  y = f32x4.replace_lane(y, 0, sinOf(f32x4.extract_lane(x, 0), f32x4.extract_lane(y, 0)));
  y = f32x4.replace_lane(y, 1, sinOf(f32x4.extract_lane(x, 1), f32x4.extract_lane(y, 1)));
  y = f32x4.replace_lane(y, 2, sinOf(f32x4.extract_lane(x, 2), f32x4.extract_lane(y, 2)));
  return f32x4.replace_lane(y, 3, sinOf(f32x4.extract_lane(x, 3), f32x4.extract_lane(y, 3)));
}

function sinOf(x: f32, within: f32): f32 {
  return abs<f32>(x) < LIMIT ? within : <f32>Math.sin(<f64>x);
}

function cosOfEach(x: v128): v128 {
  let y = sine4(x, 1);
  y = f32x4.replace_lane(y, 0, cosOf(f32x4.extract_lane(x, 0), f32x4.extract_lane(y, 0)));
  y = f32x4.replace_lane(y, 1, cosOf(f32x4.extract_lane(x, 1), f32x4.extract_lane(y, 1)));
  y = f32x4.replace_lane(y, 2, cosOf(f32x4.extract_lane(x, 2), f32x4.extract_lane(y, 2)));
  return f32x4.replace_lane(y, 3, cosOf(f32x4.extract_lane(x, 3), f32x4.extract_lane(y, 3)));
}

function cosOf(x: f32, within: f32): f32 {
  return abs<f32>(x) < LIMIT ? within : <f32>Math.cos(<f64>x);
}
