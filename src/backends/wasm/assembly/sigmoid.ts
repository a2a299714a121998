/** The logistic sigmoid in four lanes, and what is made of it. */

import { Binary, combine } from "./binary";
import { exp4 } from "./exp";
import { log1p4 } from "./log";
import { map, Unary } from "./unary";

/** 1 / (1 + exp(-x)), from exp(-|x|) so that neither end loses digits. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const e = exp4(f32x4.neg(f32x4.abs(x)));
  const positive = f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), e));
  return v128.bitselect(f32x4.mul(e, positive), positive, f32x4.lt(x, f32x4.splat(0)));
}

class Sigmoid extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return sigmoid4(x);
  }
}

/** y = 1 / (1 + exp(-x)). */
export function sigmoid(args: usize, task: i32, scratch: usize): void {
  map<Sigmoid>(args, task);
}

class SigmoidGrad extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(dy: v128, y: v128, p: v128, q: v128): v128 {
    return f32x4.mul(f32x4.mul(dy, y), f32x4.sub(f32x4.splat(1), y));
  }
}

/** dx = dy y (1 - y). */
export function sigmoidGrad(args: usize, task: i32, scratch: usize): void {
  combine<SigmoidGrad>(args, task, scratch);
}

class Softplus extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return f32x4.add(f32x4.pmax(x, f32x4.splat(0)), log1p4(exp4(f32x4.neg(f32x4.abs(x)))));
  }
}

/** y = log(1 + exp(x)) = max(x, 0) + log(1 + exp(-|x|)). */
export function softplus(args: usize, task: i32, scratch: usize): void {
  map<Softplus>(args, task);
}

class SoftplusGrad extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(dy: v128, x: v128, p: v128, q: v128): v128 {
    return f32x4.mul(dy, sigmoid4(x));
  }
}

/** dx = dy / (1 + exp(-x)). */
export function softplusGrad(args: usize, task: i32, scratch: usize): void {
  combine<SoftplusGrad>(args, task, scratch);
}
