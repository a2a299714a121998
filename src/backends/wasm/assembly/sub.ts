import { Binary, ByteBinary, combine, combineBytes } from "./binary";

class Sub extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128, p: v128, q: v128): v128 {
    return f32x4.sub(a, b);
  }
}

/** y = a - b. */
export function sub(args: usize, task: i32, scratch: usize): void {
  combine<Sub>(args, task, scratch);
}

class SubInt extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128, p: v128, q: v128): v128 {
    return i32x4.sub(a, b);
  }
}

/** y = a - b of int32. */
export function subInt(args: usize, task: i32, scratch: usize): void {
  combine<SubInt>(args, task, scratch);
}

class SubByte extends ByteBinary {
  // @ts-ignore: decorator
  @inline
  scalar(a: i32, b: i32): i32 {
    return a - b;
  }
}

/** y = a - b of uint8. */
export function subByte(args: usize, task: i32, scratch: usize): void {
  combineBytes<SubByte>(args, task);
}
