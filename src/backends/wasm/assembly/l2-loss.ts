import { madd } from "./simd";
import { begin, end } from "./task-range";

@unmanaged
export class SquareSumsArgs {
  /** [n] */
  x: usize;
  /** float64 [tasks] */
  partials: usize;
  n: i32;
}

/** partials[task] = sum of x² over the task's elements, in 32 lanes that are added up in float64. */
export function squareSums(args: usize, task: i32, scratch: usize): void {
  const a = changetype<SquareSumsArgs>(args);
  const x = a.x;
  const last = end(task, a.n);
  let i = begin(task);
  const sums = new StaticArray<v128>(8);
  for (; i <= last - 32; i += 32) {
    const at = x + ((<usize>i) << 2);
    for (const k of [0, 1, 2, 3, 4, 5, 6, 7]) {
      const value = v128.load(at, k * 16);
      sums[k] = madd(value, value, sums[k]);
    }
  }
  let sum = lanes(sums[0]);
  for (const k of [1, 2, 3, 4, 5, 6, 7]) sum += lanes(sums[k]);
  for (; i < last; i++) {
    const value = <f64>load<f32>(x + ((<usize>i) << 2));
    sum += value * value;
  }
  store<f64>(a.partials + ((<usize>task) << 3), sum);
}

function lanes(x: v128): f64 {
  const left = <f64>f32x4.extract_lane(x, 0) + <f64>f32x4.extract_lane(x, 1);
  return left + (<f64>f32x4.extract_lane(x, 2) + <f64>f32x4.extract_lane(x, 3));
}
