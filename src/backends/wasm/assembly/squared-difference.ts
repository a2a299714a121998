import { Binary, combine } from "./binary";

class SquaredDifference extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128, p: v128, q: v128): v128 {
    const difference = f32x4.sub(a, b);
    return f32x4.mul(difference, difference);
  }
}

/** y = (a - b)^2. */
export function squaredDifference(args: usize, task: i32, scratch: usize): void {
  combine<SquaredDifference>(args, task, scratch);
}

class SquaredDifferenceInt extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128, p: v128, q: v128): v128 {
    const difference = i32x4.sub(a, b);
    return i32x4.mul(difference, difference);
  }
}

/** y = (a - b)^2 of int32. */
export function squaredDifferenceInt(args: usize, task: i32, scratch: usize): void {
  combine<SquaredDifferenceInt>(args, task, scratch);
}
