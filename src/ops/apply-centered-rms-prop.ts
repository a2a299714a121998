import type { OpDef } from "../graph/op-def.ts";
import { defineOp } from "./shared/define-op.ts";
import { requireUpdate } from "./shared/require-update.ts";

type Inputs = [
  "ref",
  "meanGradient",
  "meanSquare",
  "accumulator",
  "learningRate",
  "decay",
  "momentum",
  "epsilon",
  "gradient",
];

/**
 * m ← ρ m + (1 - ρ) g; s ← ρ s + (1 - ρ) g²; a ← μ a + η g / √(s - m² + ε); w ← w - a.
 *
 * As in TensorFlow, ε stands inside the root.
 * @see Graves, "Generating Sequences With Recurrent Neural Networks" (2013), equations 38 to 41.
 */
export const ApplyCenteredRMSProp: OpDef<"ApplyCenteredRMSProp", Inputs> = defineOp({
  name: "ApplyCenteredRMSProp",
  inputs: [
    "ref",
    "meanGradient",
    "meanSquare",
    "accumulator",
    "learningRate",
    "decay",
    "momentum",
    "epsilon",
    "gradient",
  ],
  stateful: true,
  mutates: ["ref", "meanGradient", "meanSquare", "accumulator"],
  infer: ({ ref, meanGradient, meanSquare, accumulator, learningRate, decay, momentum, epsilon, gradient }) =>
    requireUpdate({ ref, meanGradient, meanSquare, accumulator, gradient }, { learningRate, decay, momentum, epsilon }),
  gradient: null,
});
