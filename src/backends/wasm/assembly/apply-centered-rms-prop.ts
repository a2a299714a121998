import { begin, end } from "./task-range";

@unmanaged
export class ApplyCenteredRMSPropArgs {
  /** [n] the variable, the means of gradients and of squares and the momentum, all updated. */
  ref: usize;
  meanGradient: usize;
  meanSquare: usize;
  accumulator: usize;
  /** [] each: η, ρ, μ, ε. */
  learningRate: usize;
  decay: usize;
  momentum: usize;
  epsilon: usize;
  /** [n] */
  gradient: usize;
  n: i32;
}

/** m ← ρ m + (1 - ρ) g; s ← ρ s + (1 - ρ) g²; a ← μ a + η g / √(s - m² + ε); w ← w - a. */
export function applyCenteredRMSProp(args: usize, task: i32, scratch: usize): void {
  const p = changetype<ApplyCenteredRMSPropArgs>(args);
  const eta = load<f32>(p.learningRate);
  const rho = load<f32>(p.decay);
  const mu = load<f32>(p.momentum);
  const epsilon = load<f32>(p.epsilon);
  const last = end(task, p.n);
  let i = begin(task);
  for (; i <= last - 4; i += 4) {
    const at = (<usize>i) << 2;
    const g = v128.load(p.gradient + at);
    const newPart = f32x4.mul(f32x4.splat(1 - rho), g);
    const m = f32x4.add(f32x4.mul(f32x4.splat(rho), v128.load(p.meanGradient + at)), newPart);
    v128.store(p.meanGradient + at, m);
    const kept = f32x4.mul(f32x4.splat(rho), v128.load(p.meanSquare + at));
    const s = f32x4.add(kept, f32x4.mul(f32x4.splat(1 - rho), f32x4.mul(g, g)));
    v128.store(p.meanSquare + at, s);
    const variance = f32x4.add(f32x4.sub(s, f32x4.mul(m, m)), f32x4.splat(epsilon));
    const step = f32x4.div(f32x4.mul(f32x4.splat(eta), g), f32x4.sqrt(variance));
    const a = f32x4.add(f32x4.mul(f32x4.splat(mu), v128.load(p.accumulator + at)), step);
    v128.store(p.accumulator + at, a);
    v128.store(p.ref + at, f32x4.sub(v128.load(p.ref + at), a));
  }
  for (; i < last; i++) {
    const at = (<usize>i) << 2;
    const g = load<f32>(p.gradient + at);
    const m = rho * load<f32>(p.meanGradient + at) + (1 - rho) * g;
    store<f32>(p.meanGradient + at, m);
    const s = rho * load<f32>(p.meanSquare + at) + (1 - rho) * (g * g);
    store<f32>(p.meanSquare + at, s);
    const a = mu * load<f32>(p.accumulator + at) + (eta * g) / sqrt<f32>(s - m * m + epsilon);
    store<f32>(p.accumulator + at, a);
    store<f32>(p.ref + at, load<f32>(p.ref + at) - a);
  }
}
