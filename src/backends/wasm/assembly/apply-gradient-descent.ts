import { begin, end } from "./task-range";
import { storePair } from "./simd";

@unmanaged
export class ApplyGradientDescentArgs {
  /** [n] the variable, updated. */
  ref: usize;
  /** [] η. */
  learningRate: usize;
  /** [n] */
  gradient: usize;
  n: i32;
}

/** w ← w - η g. */
export function applyGradientDescent(args: usize, task: i32, scratch: usize): void {
  const a = changetype<ApplyGradientDescentArgs>(args);
  const eta = load<f32>(a.learningRate);
  const etas = f32x4.splat(eta);
  const last = end(task, a.n);
  let i = begin(task);
  for (; i <= last - 8; i += 8) {
    const w = a.ref + ((<usize>i) << 2);
    const g = a.gradient + ((<usize>i) << 2);
    const low = f32x4.sub(v128.load(w), f32x4.mul(etas, v128.load(g)));
    const high = f32x4.sub(v128.load(w, 16), f32x4.mul(etas, v128.load(g, 16)));
    storePair(w, low, high);
  }
  for (; i < last; i++) {
    const w = a.ref + ((<usize>i) << 2);
    store<f32>(w, load<f32>(w) - eta * load<f32>(a.gradient + ((<usize>i) << 2)));
  }
}
