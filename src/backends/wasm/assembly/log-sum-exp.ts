import { exp4 } from "./exp";
import { reduce, ReduceArgs, Reducer } from "./reduce";
import { extremumOf, Largest } from "./reduce-extremum";

/** What is subtracted before exponentials are taken: the largest element, unless that would be infinity - infinity. */
// @ts-ignore: decorator
@inline
function shiftFor(largest: f32): f32 {
  return abs<f32>(largest) < Infinity ? largest : 0;
}

/** exp(x - shift) of `lanes` (1 to 4) elements at `at`, zeros in the other lanes. */
// @ts-ignore: decorator
@inline
function expOf(at: usize, lanes: i32, shift: v128): v128 {
  let x = f32x4.splat(-Infinity);
  x = f32x4.replace_lane(x, 0, load<f32>(at));
  if (lanes > 1) x = f32x4.replace_lane(x, 1, load<f32>(at, 4));
  if (lanes > 2) x = f32x4.replace_lane(x, 2, load<f32>(at, 8));
  return exp4(f32x4.sub(x, shift));
}

/** Adds each lane to a float64 total. */
// @ts-ignore: decorator
@inline
function sumOf(x: v128): f64 {
  const low = f64x2.promote_low_f32x4(x);
  const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3));
  const sum = f64x2.add(low, high);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

class LogSumExp extends Reducer {
  row(args: ReduceArgs, from: usize, count: i32, to: usize): void {
    const shift = shiftFor(extremumOf<Largest>(from, count));
    const shifts = f32x4.splat(shift);
    let sum: f64 = 0;
    let i = 0;
    for (; i <= count - 8; i += 8, from += 32) {
      const low = exp4(f32x4.sub(v128.load(from), shifts));
      const high = exp4(f32x4.sub(v128.load(from, 16), shifts));
      sum += sumOf(f32x4.add(low, high));
    }
    for (; i <= count - 4; i += 4, from += 16) sum += sumOf(exp4(f32x4.sub(v128.load(from), shifts)));
    if (i < count) sum += sumOf(expOf(from, count - i, shifts));
    store<f32>(to, <f32>(<f64>shift + Math.log(sum)));
  }

  columns(args: ReduceArgs, from: usize, count: i32, pitch: usize, width: i32, to: usize, scratch: usize): void {
    for (let c = 0; c < width; c++, from += 4, to += 4) {
      let largest: f32 = -Infinity;
      let at = from;
      for (let row = 0; row < count; row++, at += pitch) largest = max<f32>(largest, load<f32>(at));
      const shift = shiftFor(largest);
      let sum: f64 = 0;
      at = from;
      for (let row = 0; row < count; row++, at += pitch) sum += <f64>Mathf.exp(load<f32>(at) - shift);
      store<f32>(to, <f32>(<f64>shift + Math.log(sum)));
    }
  }
}

/** log sum exp, the logarithm in float64: near 0 it is the difference of two larger numbers. */
export function logSumExp(args: usize, task: i32, scratch: usize): void {
  reduce<LogSumExp>(args, task, scratch, 2, 2);
}
