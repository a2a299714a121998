import { Binary, ByteBinary, combine, combineBytes } from "./binary";

class Minimum extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128, p: v128, q: v128): v128 {
    return f32x4.min(a, b);
  }
}

/** y = min(a, b); NaN if either is. */
export function minimum(args: usize, task: i32, scratch: usize): void {
  combine<Minimum>(args, task, scratch);
}

class MinimumInt extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128, p: v128, q: v128): v128 {
    return i32x4.min_s(a, b);
  }
}

/** y = min(a, b) of int32. */
export function minimumInt(args: usize, task: i32, scratch: usize): void {
  combine<MinimumInt>(args, task, scratch);
}

class MinimumByte extends ByteBinary {
  // @ts-ignore: decorator
  @inline
  scalar(a: i32, b: i32): i32 {
    return min(a, b);
  }
}

/** y = min(a, b) of uint8. */
export function minimumByte(args: usize, task: i32, scratch: usize): void {
  combineBytes<MinimumByte>(args, task);
}
