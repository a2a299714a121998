import { ByteBinary, combineBytes } from "./binary";
import { compare, Comparison } from "./comparison";

class LessEqual extends Comparison {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128): v128 {
    return f32x4.le(a, b);
  }
}

/** y = a <= b. */
export function lessEqual(args: usize, task: i32, scratch: usize): void {
  compare<LessEqual>(args, task);
}

class LessEqualInt extends Comparison {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128): v128 {
    return i32x4.le_s(a, b);
  }
}

/** y = a <= b of int32. */
export function lessEqualInt(args: usize, task: i32, scratch: usize): void {
  compare<LessEqualInt>(args, task);
}

class LessEqualByte extends ByteBinary {
  // @ts-ignore: decorator
  @inline
  scalar(a: i32, b: i32): i32 {
    return i32(a <= b);
  }
}

/** y = a <= b of uint8. */
export function lessEqualByte(args: usize, task: i32, scratch: usize): void {
  combineBytes<LessEqualByte>(args, task);
}
