import { begin, end } from "./task-range";

@unmanaged
export class ApplyAdagradArgs {
  /** [n] the variable and its sum of squares, both updated. */
  ref: usize;
  accumulator: usize;
  /** [] η. */
  learningRate: usize;
  /** [n] */
  gradient: usize;
  n: i32;
}

/** s ← s + g²; w ← w - η g / √s. */
export function applyAdagrad(args: usize, task: i32, scratch: usize): void {
  const p = changetype<ApplyAdagradArgs>(args);
  const eta = load<f32>(p.learningRate);
  const last = end(task, p.n);
  let i = begin(task);
  for (; i <= last - 4; i += 4) {
    const at = (<usize>i) << 2;
    const g = v128.load(p.gradient + at);
    const s = f32x4.add(v128.load(p.accumulator + at), f32x4.mul(g, g));
    v128.store(p.accumulator + at, s);
    const step = f32x4.div(f32x4.mul(f32x4.splat(eta), g), f32x4.sqrt(s));
    v128.store(p.ref + at, f32x4.sub(v128.load(p.ref + at), step));
  }
  for (; i < last; i++) {
    const at = (<usize>i) << 2;
    const g = load<f32>(p.gradient + at);
    const s = load<f32>(p.accumulator + at) + g * g;
    store<f32>(p.accumulator + at, s);
    store<f32>(p.ref + at, load<f32>(p.ref + at) - (eta * g) / sqrt<f32>(s));
  }
}
