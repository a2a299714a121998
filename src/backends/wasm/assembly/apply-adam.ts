import { begin, end } from "./task-range";

@unmanaged
export class ApplyAdamArgs {
  /** [n] the variable, the mean and the mean of squares of its gradients, all updated. */
  ref: usize;
  mean: usize;
  variance: usize;
  /** [] each: β₁ᵗ, β₂ᵗ, η, β₁, β₂, ε, λ. */
  beta1Power: usize;
  beta2Power: usize;
  learningRate: usize;
  beta1: usize;
  beta2: usize;
  epsilon: usize;
  weightDecay: usize;
  /** [n] */
  gradient: usize;
  n: i32;
}

/** m ← β₁ m + (1 - β₁) g; v ← β₂ v + (1 - β₂) g²; w ← w - η λ w - η √(1 - β₂ᵗ) / (1 - β₁ᵗ) · m / (√v + ε). */
export function applyAdam(args: usize, task: i32, scratch: usize): void {
  const p = changetype<ApplyAdamArgs>(args);
  const eta = load<f32>(p.learningRate);
  const beta1 = load<f32>(p.beta1);
  const beta2 = load<f32>(p.beta2);
  const epsilon = load<f32>(p.epsilon);
  const rate = (eta * sqrt<f32>(1 - load<f32>(p.beta2Power))) / (1 - load<f32>(p.beta1Power));
  const shrink = eta * load<f32>(p.weightDecay);
  const last = end(task, p.n);
  let i = begin(task);
  for (; i <= last - 4; i += 4) {
    const at = (<usize>i) << 2;
    const g = v128.load(p.gradient + at);
    const m = f32x4.add(f32x4.mul(f32x4.splat(beta1), v128.load(p.mean + at)), f32x4.mul(f32x4.splat(1 - beta1), g));
    const gg = f32x4.mul(g, g);
    const v = f32x4.add(
      f32x4.mul(f32x4.splat(beta2), v128.load(p.variance + at)),
      f32x4.mul(f32x4.splat(1 - beta2), gg),
    );
    v128.store(p.mean + at, m);
    v128.store(p.variance + at, v);
    const w = v128.load(p.ref + at);
    const kept = f32x4.sub(w, f32x4.mul(f32x4.splat(shrink), w));
    const step = f32x4.div(f32x4.mul(f32x4.splat(rate), m), f32x4.add(f32x4.sqrt(v), f32x4.splat(epsilon)));
    v128.store(p.ref + at, f32x4.sub(kept, step));
  }
  for (; i < last; i++) {
    const at = (<usize>i) << 2;
    const g = load<f32>(p.gradient + at);
    const m = beta1 * load<f32>(p.mean + at) + (1 - beta1) * g;
    const v = beta2 * load<f32>(p.variance + at) + (1 - beta2) * (g * g);
    store<f32>(p.mean + at, m);
    store<f32>(p.variance + at, v);
    const w = load<f32>(p.ref + at);
    store<f32>(p.ref + at, w - shrink * w - (rate * m) / (sqrt<f32>(v) + epsilon));
  }
}
