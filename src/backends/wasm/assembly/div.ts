import { Binary, combine } from "./binary";

class Div extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128, p: v128, q: v128): v128 {
    return f32x4.div(a, b);
  }
}

/** y = a / b. */
export function div(args: usize, task: i32, scratch: usize): void {
  combine<Div>(args, task, scratch);
}
