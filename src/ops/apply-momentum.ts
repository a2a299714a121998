import type { OpDef } from "../graph/op-def.ts";
import { defineOp } from "./shared/define-op.ts";
import { requireUpdate } from "./shared/require-update.ts";

export interface ApplyMomentumAttrs {
  /** Look ahead: the step is η (g + μ a) instead of η a. */
  readonly nesterov: boolean;
}

type Inputs = ["ref", "accumulator", "learningRate", "gradient", "momentum"];

/**
 * a ← μ a + g; w ← w - η a, or with Nesterov's momentum w ← w - η (g + μ a).
 *
 * @see Sutskever, Martens, Dahl, Hinton, "On the importance of initialization and momentum in deep learning", ICML 2013.
 */
export const ApplyMomentum: OpDef<"ApplyMomentum", Inputs, ApplyMomentumAttrs> = defineOp({
  name: "ApplyMomentum",
  inputs: ["ref", "accumulator", "learningRate", "gradient", "momentum"],
  stateful: true,
  mutates: ["ref", "accumulator"],
  infer: ({ ref, accumulator, learningRate, gradient, momentum }) =>
    requireUpdate({ ref, accumulator, gradient }, { learningRate, momentum }),
  gradient: null,
});
