import { ByteBinary, combineBytes } from "./binary";
import { compare, Comparison } from "./comparison";

class Equal extends Comparison {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128): v128 {
    return f32x4.eq(a, b);
  }
}

/** y = a == b. */
export function equal(args: usize, task: i32, scratch: usize): void {
  compare<Equal>(args, task);
}

class EqualInt extends Comparison {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128): v128 {
    return i32x4.eq(a, b);
  }
}

/** y = a == b of int32. */
export function equalInt(args: usize, task: i32, scratch: usize): void {
  compare<EqualInt>(args, task);
}

class EqualByte extends ByteBinary {
  // @ts-ignore: decorator
  @inline
  scalar(a: i32, b: i32): i32 {
    return i32(a == b);
  }
}

/** y = a == b of uint8 or bool. */
export function equalByte(args: usize, task: i32, scratch: usize): void {
  combineBytes<EqualByte>(args, task);
}
