import { Binary, combine } from "./binary";
import { map, Unary } from "./unary";

class Sqrt extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return f32x4.sqrt(x);
  }
}

/** y = sqrt(x). */
export function sqrt(args: usize, task: i32, scratch: usize): void {
  map<Sqrt>(args, task);
}

class SqrtGrad extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(dy: v128, y: v128, p: v128, q: v128): v128 {
    return f32x4.div(f32x4.mul(dy, f32x4.splat(0.5)), y);
  }
}

/** dx = dy / (2 y). */
export function sqrtGrad(args: usize, task: i32, scratch: usize): void {
  combine<SqrtGrad>(args, task, scratch);
}
