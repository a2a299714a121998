import { Binary, combine } from "./binary";
import { map, Unary } from "./unary";

class ClipByValue extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return f32x4.pmin(f32x4.pmax(x, p), q);
  }
}

/** y = x limited to p .. q. */
export function clipByValue(args: usize, task: i32, scratch: usize): void {
  map<ClipByValue>(args, task);
}

class ClipByValueGrad extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(dy: v128, x: v128, p: v128, q: v128): v128 {
    return v128.andnot(dy, v128.or(f32x4.lt(x, p), f32x4.gt(x, q)));
  }
}

/** dx = dy where x is neither below p nor above q, else 0. */
export function clipByValueGrad(args: usize, task: i32, scratch: usize): void {
  combine<ClipByValueGrad>(args, task, scratch);
}
