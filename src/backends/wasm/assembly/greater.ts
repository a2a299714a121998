import { ByteBinary, combineBytes } from "./binary";
import { compare, Comparison } from "./comparison";

class Greater extends Comparison {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128): v128 {
    return f32x4.gt(a, b);
  }
}

/** y = a > b. */
export function greater(args: usize, task: i32, scratch: usize): void {
  compare<Greater>(args, task);
}

class GreaterInt extends Comparison {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128): v128 {
    return i32x4.gt_s(a, b);
  }
}

/** y = a > b of int32. */
export function greaterInt(args: usize, task: i32, scratch: usize): void {
  compare<GreaterInt>(args, task);
}

class GreaterByte extends ByteBinary {
  // @ts-ignore: decorator
  @inline
  scalar(a: i32, b: i32): i32 {
    return i32(a > b);
  }
}

/** y = a > b of uint8. */
export function greaterByte(args: usize, task: i32, scratch: usize): void {
  combineBytes<GreaterByte>(args, task);
}
