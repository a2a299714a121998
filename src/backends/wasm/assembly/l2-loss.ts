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
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let s4 = f32x4.splat(0);
  let s5 = f32x4.splat(0);
  let s6 = f32x4.splat(0);
  let s7 = f32x4.splat(0);
  for (; i <= last - 32; i += 32) {
    const at = x + ((<usize>i) << 2);
    const a0 = v128.load(at);
    const a1 = v128.load(at, 16);
    const a2 = v128.load(at, 32);
    const a3 = v128.load(at, 48);
    const a4 = v128.load(at, 64);
    const a5 = v128.load(at, 80);
    const a6 = v128.load(at, 96);
    const a7 = v128.load(at, 112);
    s0 = madd(a0, a0, s0);
    s1 = madd(a1, a1, s1);
    s2 = madd(a2, a2, s2);
    s3 = madd(a3, a3, s3);
    s4 = madd(a4, a4, s4);
    s5 = madd(a5, a5, s5);
    s6 = madd(a6, a6, s6);
    s7 = madd(a7, a7, s7);
  }
  let sum = lanes(s0) + lanes(s1) + lanes(s2) + lanes(s3) + lanes(s4) + lanes(s5) + lanes(s6) + lanes(s7);
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
