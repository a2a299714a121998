import { ByteBinary, combineBytes } from "./binary";
import { compare, Comparison } from "./comparison";

class GreaterEqual extends Comparison {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128): v128 {
    return f32x4.ge(a, b);
  }
}

/** y = a >= b. */
export function greaterEqual(args: usize, task: i32, scratch: usize): void {
  compare<GreaterEqual>(args, task);
}

class GreaterEqualInt extends Comparison {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128): v128 {
    return i32x4.ge_s(a, b);
  }
}

/** y = a >= b of int32. */
export function greaterEqualInt(args: usize, task: i32, scratch: usize): void {
  compare<GreaterEqualInt>(args, task);
}

class GreaterEqualByte extends ByteBinary {
  // @ts-ignore: decorator
  @inline
  scalar(a: i32, b: i32): i32 {
    return i32(a >= b);
  }
}

/** y = a >= b of uint8. */
export function greaterEqualByte(args: usize, task: i32, scratch: usize): void {
  combineBytes<GreaterEqualByte>(args, task);
}
