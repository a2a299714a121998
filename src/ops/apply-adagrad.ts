import type { OpDef } from "../graph/op-def.ts";
import { defineOp } from "./shared/define-op.ts";
import { requireUpdate } from "./shared/require-update.ts";

/**
 * s ← s + g²; w ← w - η g / √s. There is no ε: the accumulator starts above zero, as in TensorFlow.
 *
 * @see Duchi, Hazan, Singer, "Adaptive subgradient methods for online learning and stochastic optimization", JMLR 2011.
 */
export const ApplyAdagrad: OpDef<"ApplyAdagrad", ["ref", "accumulator", "learningRate", "gradient"]> = defineOp({
  name: "ApplyAdagrad",
  inputs: ["ref", "accumulator", "learningRate", "gradient"],
  stateful: true,
  mutates: ["ref", "accumulator"],
  infer: ({ ref, accumulator, learningRate, gradient }) =>
    requireUpdate({ ref, accumulator, gradient }, { learningRate }),
  gradient: null,
});
