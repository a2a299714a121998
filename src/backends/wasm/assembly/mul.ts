import { Binary, ByteBinary, combine, combineBytes } from "./binary";

class Mul extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128, p: v128, q: v128): v128 {
    return f32x4.mul(a, b);
  }
}

/** y = a b. */
export function mul(args: usize, task: i32, scratch: usize): void {
  combine<Mul>(args, task, scratch);
}

class MulInt extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128, p: v128, q: v128): v128 {
    return i32x4.mul(a, b);
  }
}

/** y = a b of int32. */
export function mulInt(args: usize, task: i32, scratch: usize): void {
  combine<MulInt>(args, task, scratch);
}

class MulByte extends ByteBinary {
  // @ts-ignore: decorator
  @inline
  scalar(a: i32, b: i32): i32 {
    return a * b;
  }
}

/** y = a b of uint8. */
export function mulByte(args: usize, task: i32, scratch: usize): void {
  combineBytes<MulByte>(args, task);
}
