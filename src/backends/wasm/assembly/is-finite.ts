/** Tests of floating-point values: x is float32[n], y is bool[n], a byte 0 or 1 an element. */

import { begin, end } from "./task-range";
import { UnaryArgs } from "./unary";

/** The exponent of NaN and the infinities. */
const ALL_ONES: u32 = 0x7f800000;

/** y = x is neither NaN nor an infinity. */
export function isFinite(args: usize, task: i32, scratch: usize): void {
  const a = changetype<UnaryArgs>(args);
  const last = end(task, a.n);
  for (let i = begin(task); i < last; i++) {
    store<u8>(a.y + <usize>i, u8((load<u32>(a.x + ((<usize>i) << 2)) & ALL_ONES) != ALL_ONES));
  }
}

/** y = x is NaN. */
export function isNan(args: usize, task: i32, scratch: usize): void {
  const a = changetype<UnaryArgs>(args);
  const last = end(task, a.n);
  for (let i = begin(task); i < last; i++) {
    const x = load<f32>(a.x + ((<usize>i) << 2));
    store<u8>(a.y + <usize>i, u8(x != x));
  }
}

@unmanaged
export class CountArgs {
  /** float32[n] */
  x: usize;
  /** int32[tasks] */
  partial: usize;
  n: i32;
}

/** partial[task] = how many elements of the task are not finite. */
export function nonFiniteCount(args: usize, task: i32, scratch: usize): void {
  const a = changetype<CountArgs>(args);
  const mask = i32x4.splat(ALL_ONES);
  let low = i32x4.splat(0);
  let high = i32x4.splat(0);
  const last = end(task, a.n);
  let i = begin(task);
  for (; i <= last - 8; i += 8) {
    const x = a.x + ((<usize>i) << 2);
    // Where it holds, a comparison is -1.
    low = i32x4.sub(low, i32x4.eq(v128.and(v128.load(x), mask), mask));
    high = i32x4.sub(high, i32x4.eq(v128.and(v128.load(x, 16), mask), mask));
  }
  const both = i32x4.add(low, high);
  let count =
    i32x4.extract_lane(both, 0) +
    i32x4.extract_lane(both, 1) +
    i32x4.extract_lane(both, 2) +
    i32x4.extract_lane(both, 3);
  for (; i < last; i++) count += i32((load<u32>(a.x + ((<usize>i) << 2)) & ALL_ONES) == ALL_ONES);
  store<i32>(a.partial + ((<usize>task) << 2), count);
}

@unmanaged
export class TotalArgs {
  /** int32[n] */
  partial: usize;
  /** int32[1] */
  total: usize;
  n: i32;
}

/** total = the sum of all partial counts, in one task. */
export function sumCounts(args: usize, task: i32, scratch: usize): void {
  const a = changetype<TotalArgs>(args);
  let total = 0;
  for (let i = 0; i < a.n; i++) total += load<i32>(a.partial + ((<usize>i) << 2));
  store<i32>(a.total, total);
}
