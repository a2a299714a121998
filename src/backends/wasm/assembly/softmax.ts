import { exp4 } from "./exp";
import { log4 } from "./log";
import { maximumOf } from "./row-maximum";
import { storePair } from "./simd";

@unmanaged
export class SoftmaxArgs {
  /** [rows, classes] */
  x: usize;
  /** [rows, classes]; may be x. */
  y: usize;
  rows: i32;
  classes: i32;
  rowsPerTask: i32;
}

/** y = exp(x - max x) / sum exp(x - max x), one task's rows. */
export function softmax(args: usize, task: i32, scratch: usize): void {
  const a = changetype<SoftmaxArgs>(args);
  const classes = a.classes;
  const last = min((task + 1) * a.rowsPerTask, a.rows);
  for (let row = task * a.rowsPerTask; row < last; row++) {
    const offset = (<usize>row * <usize>classes) << 2;
    const y = a.y + offset;
    const share: f32 = 1 / exponentials(a.x + offset, y, classes, maximumOf(a.x + offset, classes));
    const shares = f32x4.splat(share);
    let c = 0;
    for (; c <= classes - 8; c += 8) {
      const at = y + ((<usize>c) << 2);
      const low = f32x4.mul(v128.load(at), shares);
      const high = f32x4.mul(v128.load(at, 16), shares);
      storePair(at, low, high);
    }
    for (; c < classes; c++) {
      const at = y + ((<usize>c) << 2);
      store<f32>(at, load<f32>(at) * share);
    }
  }
}

/** y = x - max x - log sum exp(x - max x), one task's rows. */
export function logSoftmax(args: usize, task: i32, scratch: usize): void {
  const a = changetype<SoftmaxArgs>(args);
  const classes = a.classes;
  const last = min((task + 1) * a.rowsPerTask, a.rows);
  for (let row = task * a.rowsPerTask; row < last; row++) {
    const offset = (<usize>row * <usize>classes) << 2;
    const x = a.x + offset;
    const y = a.y + offset;
    const largest = maximumOf(x, classes);
    const logSum = logOf(sumOfExponentials(x, classes, largest));
    const largests = f32x4.splat(largest);
    const logSums = f32x4.splat(logSum);
    let c = 0;
    for (; c <= classes - 8; c += 8) {
      const at = (<usize>c) << 2;
      const low = f32x4.sub(f32x4.sub(v128.load(x + at), largests), logSums);
      const high = f32x4.sub(f32x4.sub(v128.load(x + at, 16), largests), logSums);
      storePair(y + at, low, high);
    }
    for (; c < classes; c++) {
      const at = (<usize>c) << 2;
      store<f32>(y + at, load<f32>(x + at) - largest - logSum);
    }
  }
}

/** y = exp(x - largest). @returns the sum of y. */
export function exponentials(x: usize, y: usize, n: i32, largest: f32): f32 {
  const largests = f32x4.splat(largest);
  let sumLow = f32x4.splat(0);
  let sumHigh = f32x4.splat(0);
  let i = 0;
  for (; i <= n - 8; i += 8) {
    const at = (<usize>i) << 2;
    const low = exp4(f32x4.sub(v128.load(x + at), largests));
    const high = exp4(f32x4.sub(v128.load(x + at, 16), largests));
    storePair(y + at, low, high);
    sumLow = f32x4.add(sumLow, low);
    sumHigh = f32x4.add(sumHigh, high);
  }
  let sum = sumOfLanes(f32x4.add(sumLow, sumHigh));
  for (; i < n; i++) {
    const at = (<usize>i) << 2;
    const power = expOf(load<f32>(x + at) - largest);
    store<f32>(y + at, power);
    sum += power;
  }
  return sum;
}

/** The sum of exp(x - largest), in the order of `exponentials`. */
function sumOfExponentials(x: usize, n: i32, largest: f32): f32 {
  const largests = f32x4.splat(largest);
  let sumLow = f32x4.splat(0);
  let sumHigh = f32x4.splat(0);
  let i = 0;
  for (; i <= n - 8; i += 8) {
    const at = (<usize>i) << 2;
    const low = exp4(f32x4.sub(v128.load(x + at), largests));
    const high = exp4(f32x4.sub(v128.load(x + at, 16), largests));
    sumLow = f32x4.add(sumLow, low);
    sumHigh = f32x4.add(sumHigh, high);
  }
  let sum = sumOfLanes(f32x4.add(sumLow, sumHigh));
  for (; i < n; i++) sum += expOf(load<f32>(x + ((<usize>i) << 2)) - largest);
  return sum;
}

/** e^x of one number, the same bits as in a vector. */
function expOf(x: f32): f32 {
  return f32x4.extract_lane(exp4(f32x4.splat(x)), 0);
}

/** ln x of one number. */
export function logOf(x: f32): f32 {
  return f32x4.extract_lane(log4(f32x4.splat(x)), 0);
}

// @ts-ignore: decorator
@inline
function sumOfLanes(x: v128): f32 {
  const left = f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 2);
  return left + (f32x4.extract_lane(x, 1) + f32x4.extract_lane(x, 3));
}
