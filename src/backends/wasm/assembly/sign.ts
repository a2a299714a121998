import { map, Unary } from "./unary";

class Sign extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    const one = v128.or(v128.and(x, i32x4.splat(0x80000000)), f32x4.splat(1));
    // 0 and NaN, which are neither above nor below 0, stay as they are.
    return v128.bitselect(one, x, f32x4.gt(f32x4.abs(x), f32x4.splat(0)));
  }
}

/** y = -1, 0 or 1. */
export function sign(args: usize, task: i32, scratch: usize): void {
  map<Sign>(args, task);
}

class SignInt extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return v128.or(i32x4.shr_s(x, 31), i32x4.shr_u(i32x4.neg(x), 31));
  }
}

/** y = -1, 0 or 1 of int32: the sign bit spread out, or that of -x. */
export function signInt(args: usize, task: i32, scratch: usize): void {
  map<SignInt>(args, task);
}
