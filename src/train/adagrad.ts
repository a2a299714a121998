import { ValueError } from "../core/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import { ApplyAdagrad, type Variable } from "../ops/index.ts";
import { apply } from "../ops/shared/define-op.ts";
import { Optimizer, type Scalar } from "./optimizer.ts";
import { scalar } from "./scalar.ts";

export interface AdagradOptions {
  /** What the sum of squares starts from, above 0; default 0.1. */
  readonly initialAccumulatorValue?: number;
  readonly name?: string;
}

/** Adagrad: steps divided by the root of the sum of all squares so far. Slot `accumulator`. */
export class AdagradOptimizer extends Optimizer {
  readonly #learningRate: Scalar;
  readonly #initial: number;

  /** @param learningRate η. @throws ValueError when the initial accumulator is not above 0. */
  constructor(learningRate: Scalar, options: AdagradOptions = {}) {
    super(options.name ?? "Adagrad");
    this.#learningRate = learningRate;
    this.#initial = options.initialAccumulatorValue ?? 0.1;
    if (!(this.#initial > 0)) {
      throw new ValueError({
        problem: `Adagrad: initialAccumulatorValue is ${this.#initial}.`,
        fix: "pass a number above 0.",
      });
    }
  }

  protected override prepare(): (gradient: Tensor, v: Variable) => Tensor {
    const learningRate = scalar(this.#learningRate, "learning_rate");
    return (gradient, ref) => {
      const accumulator = this.slot(ref, "accumulator", this.#initial);
      return apply(ApplyAdagrad, { ref, accumulator, learningRate, gradient }, {});
    };
  }
}
