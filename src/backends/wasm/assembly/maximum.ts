import { Binary, ByteBinary, combine, combineBytes } from "./binary";

class Maximum extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128, p: v128, q: v128): v128 {
    return f32x4.max(a, b);
  }
}

/** y = max(a, b); NaN if either is. */
export function maximum(args: usize, task: i32, scratch: usize): void {
  combine<Maximum>(args, task, scratch);
}

class MaximumInt extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128, p: v128, q: v128): v128 {
    return i32x4.max_s(a, b);
  }
}

/** y = max(a, b) of int32. */
export function maximumInt(args: usize, task: i32, scratch: usize): void {
  combine<MaximumInt>(args, task, scratch);
}

class MaximumByte extends ByteBinary {
  // @ts-ignore: decorator
  @inline
  scalar(a: i32, b: i32): i32 {
    return max(a, b);
  }
}

/** y = max(a, b) of uint8. */
export function maximumByte(args: usize, task: i32, scratch: usize): void {
  combineBytes<MaximumByte>(args, task);
}
