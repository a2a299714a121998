import { map, Unary } from "./unary";

class Square extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return f32x4.mul(x, x);
  }
}

/** y = x^2. */
export function square(args: usize, task: i32, scratch: usize): void {
  map<Square>(args, task);
}

class SquareInt extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return i32x4.mul(x, x);
  }
}

/** y = x^2 of int32. */
export function squareInt(args: usize, task: i32, scratch: usize): void {
  map<SquareInt>(args, task);
}
