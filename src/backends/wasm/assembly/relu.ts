import { Binary, combine } from "./binary";
import { map, Unary } from "./unary";

// pmax and pmin, with the constant second, keep a NaN and are one instruction; max and min are several.

class Relu extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return f32x4.pmax(x, f32x4.splat(0));
  }
}

/** y = max(x, 0). */
export function relu(args: usize, task: i32, scratch: usize): void {
  map<Relu>(args, task);
}

class ReluGrad extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(dy: v128, y: v128, p: v128, q: v128): v128 {
    return v128.and(dy, f32x4.gt(y, f32x4.splat(0)));
  }
}

/** dx = dy where y > 0, else 0. */
export function reluGrad(args: usize, task: i32, scratch: usize): void {
  combine<ReluGrad>(args, task, scratch);
}

class Relu6 extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return f32x4.pmin(f32x4.pmax(x, f32x4.splat(0)), f32x4.splat(6));
  }
}

/** y = min(max(x, 0), 6). */
export function relu6(args: usize, task: i32, scratch: usize): void {
  map<Relu6>(args, task);
}

class Relu6Grad extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(dy: v128, y: v128, p: v128, q: v128): v128 {
    return v128.and(dy, v128.and(f32x4.gt(y, f32x4.splat(0)), f32x4.lt(y, f32x4.splat(6))));
  }
}

/** dx = dy where 0 < y < 6, else 0. */
export function relu6Grad(args: usize, task: i32, scratch: usize): void {
  combine<Relu6Grad>(args, task, scratch);
}

class LeakyRelu extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return v128.bitselect(x, f32x4.mul(x, p), f32x4.gt(x, f32x4.splat(0)));
  }
}

/** y = x where x > 0, else p x. */
export function leakyRelu(args: usize, task: i32, scratch: usize): void {
  map<LeakyRelu>(args, task);
}

class LeakyReluGrad extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(dy: v128, x: v128, p: v128, q: v128): v128 {
    return v128.bitselect(dy, f32x4.mul(dy, p), f32x4.gt(x, f32x4.splat(0)));
  }
}

/** dx = dy where x > 0, else p dy. */
export function leakyReluGrad(args: usize, task: i32, scratch: usize): void {
  combine<LeakyReluGrad>(args, task, scratch);
}
