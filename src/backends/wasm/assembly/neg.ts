import { map, Unary } from "./unary";

class Neg extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return f32x4.neg(x);
  }
}

/** y = -x. */
export function neg(args: usize, task: i32, scratch: usize): void {
  map<Neg>(args, task);
}

class NegInt extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return i32x4.neg(x);
  }
}

/** y = -x of int32. */
export function negInt(args: usize, task: i32, scratch: usize): void {
  map<NegInt>(args, task);
}
