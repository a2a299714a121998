import { map, Unary } from "./unary";

class Abs extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return f32x4.abs(x);
  }
}

/** y = |x|. */
export function abs(args: usize, task: i32, scratch: usize): void {
  map<Abs>(args, task);
}

class AbsInt extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return i32x4.abs(x);
  }
}

/** y = |x| of int32. */
export function absInt(args: usize, task: i32, scratch: usize): void {
  map<AbsInt>(args, task);
}
