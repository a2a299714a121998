import { Binary, combine } from "./binary";
import { exp4 } from "./exp";
import { madd } from "./simd";
import { map, Unary } from "./unary";

/** Hyperbolic tangent in four lanes, within 2 units in the last place. Both formulas are Cephes' (Moshier, tanhf.c). */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const size = f32x4.abs(x);
  const square = f32x4.mul(x, x);
  let p = madd(f32x4.splat(-5.70498872745e-3), square, f32x4.splat(2.06390887954e-2));
  p = madd(p, square, f32x4.splat(-5.37397155531e-2));
  p = madd(p, square, f32x4.splat(1.33314422036e-1));
  p = madd(p, square, f32x4.splat(-3.33332819422e-1));
  const near = madd(f32x4.mul(p, square), x, x);
  const e = exp4(f32x4.add(size, size));
  const far = f32x4.sub(f32x4.splat(1), f32x4.div(f32x4.splat(2), f32x4.add(e, f32x4.splat(1))));
  const signed = v128.or(far, v128.and(x, i32x4.splat(0x80000000)));
  return v128.bitselect(near, signed, f32x4.lt(size, f32x4.splat(0.625)));
}

class Tanh extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return tanh4(x);
  }
}

/** y = tanh(x). */
export function tanh(args: usize, task: i32, scratch: usize): void {
  map<Tanh>(args, task);
}

class TanhGrad extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(dy: v128, y: v128, p: v128, q: v128): v128 {
    return f32x4.mul(dy, f32x4.sub(f32x4.splat(1), f32x4.mul(y, y)));
  }
}

/** dx = dy (1 - y^2). */
export function tanhGrad(args: usize, task: i32, scratch: usize): void {
  combine<TanhGrad>(args, task, scratch);
}
