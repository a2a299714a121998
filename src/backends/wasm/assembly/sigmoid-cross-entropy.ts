import { exp4 } from "./exp";
import { log1p4 } from "./log";
import { begin, end } from "./task-range";
import { storePair } from "./simd";

@unmanaged
export class SigmoidCrossEntropyArgs {
  /** [n] each; the loss may be in the place of either. */
  labels: usize;
  logits: usize;
  loss: usize;
  n: i32;
}

/** loss = max(x, 0) - x z + log(1 + exp(-|x|)) for labels z and logits x. */
export function sigmoidCrossEntropy(args: usize, task: i32, scratch: usize): void {
  const a = changetype<SigmoidCrossEntropyArgs>(args);
  const last = end(task, a.n);
  let i = begin(task);
  for (; i <= last - 8; i += 8) {
    const at = (<usize>i) << 2;
    const low = lossOf(v128.load(a.labels + at), v128.load(a.logits + at));
    const high = lossOf(v128.load(a.labels + at, 16), v128.load(a.logits + at, 16));
    storePair(a.loss + at, low, high);
  }
  for (; i < last; i++) {
    const at = (<usize>i) << 2;
    const loss = lossOf(v128.load32_splat(a.labels + at), v128.load32_splat(a.logits + at));
    store<f32>(a.loss + at, f32x4.extract_lane(loss, 0));
  }
}

// @ts-ignore: decorator
@inline
function lossOf(z: v128, x: v128): v128 {
  const log = log1p4(exp4(f32x4.neg(f32x4.abs(x))));
  return f32x4.add(f32x4.sub(f32x4.max(x, f32x4.splat(0)), f32x4.mul(x, z)), log);
}
