import { begin, end } from "./task-range";
import { storePair } from "./simd";

@unmanaged
export class ApplyMomentumArgs {
  /** [n] the variable and its accumulator, both updated. */
  ref: usize;
  accumulator: usize;
  /** [] η. */
  learningRate: usize;
  /** [n] */
  gradient: usize;
  /** [] μ. */
  momentum: usize;
  n: i32;
  /** 1: step by g + μ a, else by a. */
  nesterov: i32;
}

/** a ← μ a + g; w ← w - η a, or w - η (g + μ a). */
export function applyMomentum(args: usize, task: i32, scratch: usize): void {
  const p = changetype<ApplyMomentumArgs>(args);
  const eta = load<f32>(p.learningRate);
  const mu = load<f32>(p.momentum);
  const etas = f32x4.splat(eta);
  const mus = f32x4.splat(mu);
  const nesterov = p.nesterov != 0;
  const last = end(task, p.n);
  let i = begin(task);
  for (; i <= last - 8; i += 8) {
    const at = (<usize>i) << 2;
    const gLow = v128.load(p.gradient + at);
    const gHigh = v128.load(p.gradient + at, 16);
    const aLow = f32x4.add(f32x4.mul(mus, v128.load(p.accumulator + at)), gLow);
    const aHigh = f32x4.add(f32x4.mul(mus, v128.load(p.accumulator + at, 16)), gHigh);
    storePair(p.accumulator + at, aLow, aHigh);
    const stepLow = nesterov ? f32x4.add(gLow, f32x4.mul(mus, aLow)) : aLow;
    const stepHigh = nesterov ? f32x4.add(gHigh, f32x4.mul(mus, aHigh)) : aHigh;
    const wLow = f32x4.sub(v128.load(p.ref + at), f32x4.mul(etas, stepLow));
    const wHigh = f32x4.sub(v128.load(p.ref + at, 16), f32x4.mul(etas, stepHigh));
    storePair(p.ref + at, wLow, wHigh);
  }
  for (; i < last; i++) {
    const at = (<usize>i) << 2;
    const g = load<f32>(p.gradient + at);
    const a = mu * load<f32>(p.accumulator + at) + g;
    store<f32>(p.accumulator + at, a);
    store<f32>(p.ref + at, load<f32>(p.ref + at) - eta * (nesterov ? g + mu * a : a));
  }
}
