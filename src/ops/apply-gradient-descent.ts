import type { OpDef } from "../graph/op-def.ts";
import { defineOp } from "./shared/define-op.ts";
import { requireUpdate } from "./shared/require-update.ts";

/** w ← w - η g. `learningRate`: a scalar. @see Robbins, Monro, "A stochastic approximation method" (1951). */
export const ApplyGradientDescent: OpDef<"ApplyGradientDescent", ["ref", "learningRate", "gradient"]> = defineOp({
  name: "ApplyGradientDescent",
  inputs: ["ref", "learningRate", "gradient"],
  stateful: true,
  mutates: ["ref"],
  infer: ({ ref, learningRate, gradient }) => requireUpdate({ ref, gradient }, { learningRate }),
  gradient: null,
});
