import { Binary, ByteBinary, combine, combineBytes } from "./binary";

class Add extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128, p: v128, q: v128): v128 {
    return f32x4.add(a, b);
  }
}

/** y = a + b. */
export function add(args: usize, task: i32, scratch: usize): void {
  combine<Add>(args, task, scratch);
}

class AddInt extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128, p: v128, q: v128): v128 {
    return i32x4.add(a, b);
  }
}

/** y = a + b of int32. */
export function addInt(args: usize, task: i32, scratch: usize): void {
  combine<AddInt>(args, task, scratch);
}

class AddByte extends ByteBinary {
  // @ts-ignore: decorator
  @inline
  scalar(a: i32, b: i32): i32 {
    return a + b;
  }
}

/** y = a + b of uint8. */
export function addByte(args: usize, task: i32, scratch: usize): void {
  combineBytes<AddByte>(args, task);
}
