import { Binary, combine } from "./binary";

class FloorDiv extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128, p: v128, q: v128): v128 {
    return f32x4.floor(f32x4.div(a, b));
  }
}

/** y = floor(a / b). */
export function floorDiv(args: usize, task: i32, scratch: usize): void {
  combine<FloorDiv>(args, task, scratch);
}

class FloorDivInt extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128, p: v128, q: v128): v128 {
    let y = a;
    y = i32x4.replace_lane(y, 0, quotient(i32x4.extract_lane(a, 0), i32x4.extract_lane(b, 0)));
    y = i32x4.replace_lane(y, 1, quotient(i32x4.extract_lane(a, 1), i32x4.extract_lane(b, 1)));
    y = i32x4.replace_lane(y, 2, quotient(i32x4.extract_lane(a, 2), i32x4.extract_lane(b, 2)));
    y = i32x4.replace_lane(y, 3, quotient(i32x4.extract_lane(a, 3), i32x4.extract_lane(b, 3)));
    return y;
  }
}

/** y = floor(a / b) of int32, 0 where b is 0. */
export function floorDivInt(args: usize, task: i32, scratch: usize): void {
  combine<FloorDivInt>(args, task, scratch);
}

function quotient(a: i32, b: i32): i32 {
  if (b == 0) return 0;
  // The processor would trap on the one quotient that does not fit.
  if (b == -1) return -a;
  const towardsZero = a / b;
  return a % b != 0 && (a ^ b) < 0 ? towardsZero - 1 : towardsZero;
}
