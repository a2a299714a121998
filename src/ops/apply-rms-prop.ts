import type { OpDef } from "../graph/op-def.ts";
import { defineOp } from "./shared/define-op.ts";
import { requireUpdate } from "./shared/require-update.ts";

type Inputs = ["ref", "meanSquare", "accumulator", "learningRate", "decay", "momentum", "epsilon", "gradient"];

/**
 * s ← ρ s + (1 - ρ) g²; a ← μ a + η g / √(s + ε); w ← w - a.
 *
 * As in TensorFlow, ε stands inside the root.
 * @see Tieleman, Hinton, "Lecture 6.5: rmsprop", Coursera (2012).
 */
export const ApplyRMSProp: OpDef<"ApplyRMSProp", Inputs> = defineOp({
  name: "ApplyRMSProp",
  inputs: ["ref", "meanSquare", "accumulator", "learningRate", "decay", "momentum", "epsilon", "gradient"],
  stateful: true,
  mutates: ["ref", "meanSquare", "accumulator"],
  infer: ({ ref, meanSquare, accumulator, learningRate, decay, momentum, epsilon, gradient }) =>
    requireUpdate({ ref, meanSquare, accumulator, gradient }, { learningRate, decay, momentum, epsilon }),
  gradient: null,
});
