import { ByteBinary, combineBytes } from "./binary";
import { compare, Comparison } from "./comparison";

class Less extends Comparison {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128): v128 {
    return f32x4.lt(a, b);
  }
}

/** y = a < b. */
export function less(args: usize, task: i32, scratch: usize): void {
  compare<Less>(args, task);
}

class LessInt extends Comparison {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128): v128 {
    return i32x4.lt_s(a, b);
  }
}

/** y = a < b of int32. */
export function lessInt(args: usize, task: i32, scratch: usize): void {
  compare<LessInt>(args, task);
}

class LessByte extends ByteBinary {
  // @ts-ignore: decorator
  @inline
  scalar(a: i32, b: i32): i32 {
    return i32(a < b);
  }
}

/** y = a < b of uint8. */
export function lessByte(args: usize, task: i32, scratch: usize): void {
  combineBytes<LessByte>(args, task);
}
