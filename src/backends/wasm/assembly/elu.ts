import { Binary, combine } from "./binary";
import { expm1OfNegative4 } from "./exp";
import { map, Unary } from "./unary";

class Elu extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return v128.bitselect(x, expm1OfNegative4(x), f32x4.gt(x, f32x4.splat(0)));
  }
}

/** y = x where x > 0, else exp(x) - 1. */
export function elu(args: usize, task: i32, scratch: usize): void {
  map<Elu>(args, task);
}

class EluGrad extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(dy: v128, y: v128, p: v128, q: v128): v128 {
    return v128.bitselect(dy, f32x4.mul(dy, f32x4.add(y, f32x4.splat(1))), f32x4.gt(y, f32x4.splat(0)));
  }
}

/** dx = dy where y > 0, else dy (y + 1). */
export function eluGrad(args: usize, task: i32, scratch: usize): void {
  combine<EluGrad>(args, task, scratch);
}
