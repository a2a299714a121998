import { maximumOf } from "./row-maximum";
import { exponentials, logOf } from "./softmax";
import { storePair } from "./simd";

@unmanaged
export class SoftmaxCrossEntropyArgs {
  /** float32[rows, classes], or i32[rows] when sparse */
  labels: usize;
  /** [rows, classes] */
  logits: usize;
  /** [rows] */
  loss: usize;
  /** [rows, classes] */
  backprop: usize;
  rows: i32;
  classes: i32;
  rowsPerTask: i32;
}

/** Labels that are distributions: loss = -Σ labels log softmax, backprop = Σ labels softmax - labels. */
export function softmaxCrossEntropy(args: usize, task: i32, scratch: usize): void {
  const a = changetype<SoftmaxCrossEntropyArgs>(args);
  const last = min((task + 1) * a.rowsPerTask, a.rows);
  for (let row = task * a.rowsPerTask; row < last; row++) {
    const offset = (<usize>row * <usize>a.classes) << 2;
    store<f32>(
      a.loss + ((<usize>row) << 2),
      lossOfRow(a.labels + offset, a.logits + offset, a.backprop + offset, a.classes),
    );
  }
}

function lossOfRow(labels: usize, logits: usize, backprop: usize, classes: i32): f32 {
  const largest = maximumOf(logits, classes);
  const sum = exponentials(logits, backprop, classes, largest);
  const logSum = logOf(sum);
  let total: f32 = 0;
  for (let c = 0; c < classes; c++) total += load<f32>(labels + ((<usize>c) << 2));
  const factor = total / sum;
  const factors = f32x4.splat(factor);
  const largests = f32x4.splat(largest);
  const logSums = f32x4.splat(logSum);
  let lossLow = f32x4.splat(0);
  let lossHigh = f32x4.splat(0);
  let c = 0;
  for (; c <= classes - 8; c += 8) {
    const at = (<usize>c) << 2;
    const labelLow = v128.load(labels + at);
    const labelHigh = v128.load(labels + at, 16);
    const low = f32x4.mul(labelLow, f32x4.sub(logSums, f32x4.sub(v128.load(logits + at), largests)));
    const high = f32x4.mul(labelHigh, f32x4.sub(logSums, f32x4.sub(v128.load(logits + at, 16), largests)));
    // A class that is not wanted adds nothing, whatever its logit: 0 times infinity would be NaN.
    lossLow = f32x4.add(lossLow, v128.and(low, f32x4.ne(labelLow, f32x4.splat(0))));
    lossHigh = f32x4.add(lossHigh, v128.and(high, f32x4.ne(labelHigh, f32x4.splat(0))));
    const gradientLow = f32x4.sub(f32x4.mul(v128.load(backprop + at), factors), labelLow);
    const gradientHigh = f32x4.sub(f32x4.mul(v128.load(backprop + at, 16), factors), labelHigh);
    storePair(backprop + at, gradientLow, gradientHigh);
  }
  lossLow = f32x4.add(lossLow, lossHigh);
  let loss =
    f32x4.extract_lane(lossLow, 0) +
    f32x4.extract_lane(lossLow, 2) +
    (f32x4.extract_lane(lossLow, 1) + f32x4.extract_lane(lossLow, 3));
  for (; c < classes; c++) {
    const at = (<usize>c) << 2;
    const label = load<f32>(labels + at);
    if (label != 0) loss += label * (logSum - (load<f32>(logits + at) - largest));
    store<f32>(backprop + at, load<f32>(backprop + at) * factor - label);
  }
  return loss;
}

/** Labels that are class numbers: loss = -log softmax[label], backprop = softmax, minus 1 at the label. */
export function sparseSoftmaxCrossEntropy(args: usize, task: i32, scratch: usize): void {
  const a = changetype<SoftmaxCrossEntropyArgs>(args);
  const classes = a.classes;
  const last = min((task + 1) * a.rowsPerTask, a.rows);
  for (let row = task * a.rowsPerTask; row < last; row++) {
    const offset = (<usize>row * <usize>classes) << 2;
    const logits = a.logits + offset;
    const backprop = a.backprop + offset;
    const label = load<i32>(a.labels + ((<usize>row) << 2));
    const inside = label >= 0 && label < classes;
    const largest = maximumOf(logits, classes);
    const sum = exponentials(logits, backprop, classes, largest);
    // A class that does not exist: NaN everywhere in the row.
    const share: f32 = inside ? 1 / sum : NaN;
    scale(backprop, classes, share);
    let loss: f32 = NaN;
    if (inside) {
      const at = (<usize>label) << 2;
      store<f32>(backprop + at, load<f32>(backprop + at) - 1);
      loss = logOf(sum) - (load<f32>(logits + at) - largest);
    }
    store<f32>(a.loss + ((<usize>row) << 2), loss);
  }
}

/** x = x * factor. */
function scale(x: usize, n: i32, factor: f32): void {
  const factors = f32x4.splat(factor);
  let i = 0;
  for (; i <= n - 8; i += 8) {
    const at = x + ((<usize>i) << 2);
    const low = f32x4.mul(v128.load(at), factors);
    const high = f32x4.mul(v128.load(at, 16), factors);
    storePair(at, low, high);
  }
  for (; i < n; i++) store<f32>(x + ((<usize>i) << 2), load<f32>(x + ((<usize>i) << 2)) * factor);
}
