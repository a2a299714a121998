import { map, Unary } from "./unary";

class Floor extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return f32x4.floor(x);
  }
}

/** y = floor(x). */
export function floor(args: usize, task: i32, scratch: usize): void {
  map<Floor>(args, task);
}

class Ceil extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return f32x4.ceil(x);
  }
}

/** y = ceil(x). */
export function ceil(args: usize, task: i32, scratch: usize): void {
  map<Ceil>(args, task);
}

class Round extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return f32x4.nearest(x);
  }
}

/** y = the nearest whole number, halves to even. */
export function round(args: usize, task: i32, scratch: usize): void {
  map<Round>(args, task);
}
