import type { Tensor } from "../graph/tensor.ts";
import { ApplyMomentum, type Variable } from "../ops/index.ts";
import { apply } from "../ops/shared/define-op.ts";
import { Optimizer, type Scalar } from "./optimizer.ts";
import { scalar } from "./scalar.ts";

export interface MomentumOptions {
  /** Look ahead by Nesterov's rule; default false. */
  readonly useNesterov?: boolean;
  readonly name?: string;
}

/** Gradient descent with momentum: a ← μ a + g, w ← w - η a. Slot `momentum` holds a. */
export class MomentumOptimizer extends Optimizer {
  readonly #learningRate: Scalar;
  readonly #momentum: Scalar;
  readonly #nesterov: boolean;

  /** @param learningRate η. @param momentum μ, usually 0.9. */
  constructor(learningRate: Scalar, momentum: Scalar, options: MomentumOptions = {}) {
    super(options.name ?? "Momentum");
    this.#learningRate = learningRate;
    this.#momentum = momentum;
    this.#nesterov = options.useNesterov ?? false;
  }

  protected override prepare(): (gradient: Tensor, v: Variable) => Tensor {
    const learningRate = scalar(this.#learningRate, "learning_rate");
    const momentum = scalar(this.#momentum, "momentum");
    const attrs = { nesterov: this.#nesterov };
    return (gradient, ref) => {
      const accumulator = this.slot(ref, "momentum");
      return apply(ApplyMomentum, { ref, accumulator, learningRate, gradient, momentum }, attrs);
    };
  }
}
