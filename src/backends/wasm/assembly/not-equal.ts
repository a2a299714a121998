import { ByteBinary, combineBytes } from "./binary";
import { compare, Comparison } from "./comparison";

class NotEqual extends Comparison {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128): v128 {
    return f32x4.ne(a, b);
  }
}

/** y = a != b. */
export function notEqual(args: usize, task: i32, scratch: usize): void {
  compare<NotEqual>(args, task);
}

class NotEqualInt extends Comparison {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128): v128 {
    return i32x4.ne(a, b);
  }
}

/** y = a != b of int32. */
export function notEqualInt(args: usize, task: i32, scratch: usize): void {
  compare<NotEqualInt>(args, task);
}

class NotEqualByte extends ByteBinary {
  // @ts-ignore: decorator
  @inline
  scalar(a: i32, b: i32): i32 {
    return i32(a != b);
  }
}

/** y = a != b of uint8 or bool. */
export function notEqualByte(args: usize, task: i32, scratch: usize): void {
  combineBytes<NotEqualByte>(args, task);
}
