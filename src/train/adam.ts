import { ValueError } from "../core/errors.ts";
import type { Graph } from "../graph/graph.ts";
import type { Operation } from "../graph/operation.ts";
import { Tensor } from "../graph/tensor.ts";
import { ApplyAdam, assign, constant, mul, variable, type Variable } from "../ops/index.ts";
import { apply } from "../ops/shared/define-op.ts";
import { Optimizer, type Scalar } from "./optimizer.ts";
import { scalar } from "./scalar.ts";

export interface AdamOptions {
  /** η; default 0.001. */
  readonly learningRate?: Scalar;
  /** How much of the mean is kept; default 0.9. */
  readonly beta1?: number;
  /** How much of the mean of squares is kept; default 0.999. */
  readonly beta2?: number;
  /** Added to the root of the mean of squares; default 1e-8. */
  readonly epsilon?: Scalar;
  readonly name?: string;
}

/** What differs between Adam and AdamW: the decay, and which variables it touches. */
interface Decay {
  readonly weightDecay: Scalar;
  readonly decays: (v: Variable) => boolean;
}

/** Adam: steps by mean over root mean square, both corrected for their start at zero. Slots `m` and `v`. */
export class AdamOptimizer extends Optimizer {
  readonly #options: AdamOptions;
  readonly #decay: Decay;
  /** β₁ᵗ and β₂ᵗ, multiplied after every step. */
  readonly #powers = new Map<Graph, readonly [Variable, Variable]>();
  #finish: () => Operation[] = () => [];

  /** @param learningRate η, as with every optimizer, or all options. */
  constructor(
    learningRate: Scalar | AdamOptions = {},
    rest: AdamOptions = {},
    decay: Decay = { weightDecay: 0, decays: () => false },
  ) {
    const options = withRate(learningRate, rest);
    super(options.name ?? "Adam");
    this.#options = options;
    this.#decay = decay;
  }

  override variables(): Variable[] {
    return [...super.variables(), ...[...this.#powers.values()].flat()];
  }

  protected override prepare(graph: Graph): (gradient: Tensor, v: Variable) => Tensor {
    const learningRate = scalar(this.#options.learningRate ?? 0.001, "learning_rate");
    const beta1 = scalar(this.#options.beta1 ?? 0.9, "beta1");
    const beta2 = scalar(this.#options.beta2 ?? 0.999, "beta2");
    const epsilon = scalar(this.#options.epsilon ?? 1e-8, "epsilon");
    const none = scalar(0, "no_decay");
    const decay = scalar(this.#decay.weightDecay, "weight_decay");
    const [beta1Power, beta2Power] = this.#powersIn(graph);
    this.#finish = () => [assign(beta1Power, mul(beta1Power, beta1)).op, assign(beta2Power, mul(beta2Power, beta2)).op];
    return (gradient, ref) => {
      const mean = this.slot(ref, "m");
      const variance = this.slot(ref, "v");
      const weightDecay = this.#decay.decays(ref) ? decay : none;
      const scalars = { beta1Power, beta2Power, learningRate, beta1, beta2, epsilon, weightDecay };
      return apply(ApplyAdam, { ref, mean, variance, gradient, ...scalars }, {});
    };
  }

  protected override finish(): Operation[] {
    return this.#finish();
  }

  #powersIn(graph: Graph): readonly [Variable, Variable] {
    const known = this.#powers.get(graph);
    if (known !== undefined) return known;
    const { beta1 = 0.9, beta2 = 0.999 } = this.#options;
    const made = graph.nameScope("", () =>
      (
        [
          ["beta1_power", beta1],
          ["beta2_power", beta2],
        ] as const
      ).map(([name, value]) =>
        variable(constant(value, { dtype: "float32" }), { name: `${this.name}/${name}`, trainable: false }),
      ),
    );
    const pair = [made[0]!, made[1]!] as const;
    this.#powers.set(graph, pair);
    return pair;
  }
}

/** The options, whichever way the learning rate was given. @throws ValueError when it is neither a number nor a tensor. */
function withRate<O extends AdamOptions>(first: Scalar | O, rest: O): O {
  if (typeof first === "number" || first instanceof Tensor) return { ...rest, learningRate: first };
  if (typeof first === "object" && first !== null) return { ...rest, ...first };
  throw new ValueError({
    problem: `Adam: the learning rate is ${String(first)}.`,
    fix: "write new tf.train.AdamOptimizer(0.001) or new tf.train.AdamOptimizer({ learningRate: 0.001 }).",
  });
}

export interface AdamWOptions extends AdamOptions {
  /** λ: every step shrinks the weights by η λ, apart from the gradient; default 0.01. */
  readonly weightDecay?: Scalar;
  /** Which variables decay; default: those of rank 2 and more, so not biases and norms. */
  readonly decays?: (v: Variable) => boolean;
}

/** Adam with decoupled weight decay. */
export class AdamWOptimizer extends AdamOptimizer {
  /** @param learningRate η, as with every optimizer, or all options. */
  constructor(learningRate: Scalar | AdamWOptions = {}, rest: AdamWOptions = {}) {
    const options = withRate(learningRate, rest);
    const decays = options.decays ?? ((v: Variable) => v.rank >= 2);
    super({ name: "AdamW", ...options }, {}, { weightDecay: options.weightDecay ?? 0.01, decays });
  }
}
