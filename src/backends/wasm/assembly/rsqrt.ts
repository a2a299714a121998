import { Binary, combine } from "./binary";
import { map, Unary } from "./unary";

class Rsqrt extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return f32x4.div(f32x4.splat(1), f32x4.sqrt(x));
  }
}

/** y = 1 / sqrt(x). */
export function rsqrt(args: usize, task: i32, scratch: usize): void {
  map<Rsqrt>(args, task);
}

class RsqrtGrad extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(dy: v128, y: v128, p: v128, q: v128): v128 {
    return f32x4.mul(f32x4.mul(f32x4.mul(f32x4.mul(dy, f32x4.splat(-0.5)), y), y), y);
  }
}

/** dx = -dy y^3 / 2. */
export function rsqrtGrad(args: usize, task: i32, scratch: usize): void {
  combine<RsqrtGrad>(args, task, scratch);
}
