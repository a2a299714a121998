import { Binary, combine } from "./binary";

class FloorMod extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128, p: v128, q: v128): v128 {
    let y = a;
    y = f32x4.replace_lane(y, 0, remainder(f32x4.extract_lane(a, 0), f32x4.extract_lane(b, 0)));
    y = f32x4.replace_lane(y, 1, remainder(f32x4.extract_lane(a, 1), f32x4.extract_lane(b, 1)));
    y = f32x4.replace_lane(y, 2, remainder(f32x4.extract_lane(a, 2), f32x4.extract_lane(b, 2)));
    y = f32x4.replace_lane(y, 3, remainder(f32x4.extract_lane(a, 3), f32x4.extract_lane(b, 3)));
    return y;
  }
}

/** y = a - floor(a / b) b, exactly. */
export function floorMod(args: usize, task: i32, scratch: usize): void {
  combine<FloorMod>(args, task, scratch);
}

function remainder(a: f32, b: f32): f32 {
  const rest = a % b;
  return rest != 0 && rest < 0 != b < 0 ? rest + b : rest;
}

class FloorModInt extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128, p: v128, q: v128): v128 {
    let y = a;
    y = i32x4.replace_lane(y, 0, remainderInt(i32x4.extract_lane(a, 0), i32x4.extract_lane(b, 0)));
    y = i32x4.replace_lane(y, 1, remainderInt(i32x4.extract_lane(a, 1), i32x4.extract_lane(b, 1)));
    y = i32x4.replace_lane(y, 2, remainderInt(i32x4.extract_lane(a, 2), i32x4.extract_lane(b, 2)));
    y = i32x4.replace_lane(y, 3, remainderInt(i32x4.extract_lane(a, 3), i32x4.extract_lane(b, 3)));
    return y;
  }
}

/** y = a - floor(a / b) b of int32, 0 where b is 0. */
export function floorModInt(args: usize, task: i32, scratch: usize): void {
  combine<FloorModInt>(args, task, scratch);
}

function remainderInt(a: i32, b: i32): i32 {
  if (b == 0 || b == -1) return 0;
  const rest = a % b;
  return rest != 0 && (rest ^ b) < 0 ? rest + b : rest;
}
