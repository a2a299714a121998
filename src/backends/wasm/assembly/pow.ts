import { Binary, combine } from "./binary";

class Pow extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(a: v128, b: v128, p: v128, q: v128): v128 {
    let y = a;
    y = f32x4.replace_lane(y, 0, power(f32x4.extract_lane(a, 0), f32x4.extract_lane(b, 0)));
    y = f32x4.replace_lane(y, 1, power(f32x4.extract_lane(a, 1), f32x4.extract_lane(b, 1)));
    y = f32x4.replace_lane(y, 2, power(f32x4.extract_lane(a, 2), f32x4.extract_lane(b, 2)));
    y = f32x4.replace_lane(y, 3, power(f32x4.extract_lane(a, 3), f32x4.extract_lane(b, 3)));
    return y;
  }
}

/** y = a to the power of b. Lane by lane: the exponent takes more digits than float32 has. */
export function pow(args: usize, task: i32, scratch: usize): void {
  combine<Pow>(args, task, scratch);
}

/** AssemblyScript follows JavaScript, where 1 to the power of NaN and ±1 to an infinite power are NaN; in C they are 1. */
function power(a: f32, b: f32): f32 {
  if (a == 1 || (a == -1 && abs<f32>(b) == Infinity)) return 1;
  return Mathf.pow(a, b);
}
