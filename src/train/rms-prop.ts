import type { Tensor } from "../graph/tensor.ts";
import { ApplyCenteredRMSProp, ApplyRMSProp, type Variable } from "../ops/index.ts";
import { apply } from "../ops/shared/define-op.ts";
import { Optimizer, type Scalar } from "./optimizer.ts";
import { scalar } from "./scalar.ts";

export interface RMSPropOptions {
  /** ρ, how much of the mean of squares is kept; default 0.9. */
  readonly decay?: Scalar;
  /** μ; default 0. */
  readonly momentum?: Scalar;
  /** Added to the mean of squares under the root; default 1e-10. */
  readonly epsilon?: Scalar;
  /** Divides by the deviation of gradients, not by their root mean square: the mean is subtracted; default false. */
  readonly centered?: boolean;
  readonly name?: string;
}

/**
 * RMSProp: steps divided by a running root mean square. Slots `rms` (starts at 1, as in TensorFlow) and `momentum`, with `centered`
 * also `mg`, the running mean.
 */
export class RMSPropOptimizer extends Optimizer {
  readonly #learningRate: Scalar;
  readonly #options: RMSPropOptions;

  /** @param learningRate η. */
  constructor(learningRate: Scalar, options: RMSPropOptions = {}) {
    super(options.name ?? "RMSProp");
    this.#learningRate = learningRate;
    this.#options = options;
  }

  protected override prepare(): (gradient: Tensor, v: Variable) => Tensor {
    const learningRate = scalar(this.#learningRate, "learning_rate");
    const decay = scalar(this.#options.decay ?? 0.9, "decay");
    const momentum = scalar(this.#options.momentum ?? 0, "momentum");
    const epsilon = scalar(this.#options.epsilon ?? 1e-10, "epsilon");
    return (gradient, ref) => {
      const meanSquare = this.slot(ref, "rms", 1);
      const accumulator = this.slot(ref, "momentum");
      const update = { ref, meanSquare, accumulator, learningRate, decay, momentum, epsilon, gradient };
      if (this.#options.centered !== true) return apply(ApplyRMSProp, update, {});
      return apply(ApplyCenteredRMSProp, { ...update, meanGradient: this.slot(ref, "mg") }, {});
    };
  }
}
