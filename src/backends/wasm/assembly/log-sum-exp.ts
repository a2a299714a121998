import { reduce, ReduceArgs, Reducer } from "./reduce";
import { maxRow } from "./reduce-extremum";

/** What is subtracted before exponentials are taken: the largest element, unless that would be infinity - infinity. */
// @ts-ignore: decorator
@inline
function shiftFor(largest: f32): f32 {
  return abs<f32>(largest) < Infinity ? largest : 0;
}

class LogSumExp extends Reducer {
  row(args: ReduceArgs, from: usize, count: i32, to: usize): void {
    const shift = shiftFor(maxRow(from, count));
    let sum: f64 = 0;
    for (let i = 0; i < count; i++) sum += <f64>Mathf.exp(load<f32>(from + (<usize>i << 2)) - shift);
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
