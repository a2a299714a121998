import type { Tensor } from "../graph/tensor.ts";
import { ApplyGradientDescent, type Variable } from "../ops/index.ts";
import { apply } from "../ops/shared/define-op.ts";
import { Optimizer, type Scalar } from "./optimizer.ts";
import { scalar } from "./scalar.ts";

/** Plain gradient descent: w ← w - η g. */
export class GradientDescentOptimizer extends Optimizer {
  readonly #learningRate: Scalar;

  /** @param learningRate η: a number, or a scalar tensor that may change from run to run. */
  constructor(learningRate: Scalar, options: { readonly name?: string } = {}) {
    super(options.name ?? "GradientDescent");
    this.#learningRate = learningRate;
  }

  protected override prepare(): (gradient: Tensor, v: Variable) => Tensor {
    const learningRate = scalar(this.#learningRate, "learning_rate");
    return (gradient, ref) => apply(ApplyGradientDescent, { ref, learningRate, gradient }, {});
  }
}
