import type { OpDef } from "../graph/op-def.ts";
import { defineOp } from "./shared/define-op.ts";
import { requireUpdate } from "./shared/require-update.ts";

type Inputs = [
  "ref",
  "mean",
  "variance",
  "beta1Power",
  "beta2Power",
  "learningRate",
  "beta1",
  "beta2",
  "epsilon",
  "weightDecay",
  "gradient",
];

/**
 * m ← β₁ m + (1 - β₁) g; v ← β₂ v + (1 - β₂) g²; w ← w - η λ w - η √(1 - β₂ᵗ) / (1 - β₁ᵗ) · m / (√v + ε).
 *
 * λ, the decoupled weight decay, is 0 for Adam. `beta1Power`, `beta2Power` are β₁ᵗ and β₂ᵗ of this step. As in
 * TensorFlow, ε is added to √v before the bias correction of v (Kingma and Ba's "epsilon hat").
 *
 * @see Kingma, Ba, "Adam: a method for stochastic optimization", ICLR 2015.
 * @see Loshchilov, Hutter, "Decoupled weight decay regularization", ICLR 2019.
 */
export const ApplyAdam: OpDef<"ApplyAdam", Inputs> = defineOp({
  name: "ApplyAdam",
  inputs: [
    "ref",
    "mean",
    "variance",
    "beta1Power",
    "beta2Power",
    "learningRate",
    "beta1",
    "beta2",
    "epsilon",
    "weightDecay",
    "gradient",
  ],
  stateful: true,
  mutates: ["ref", "mean", "variance"],
  infer: ({ ref, mean, variance, gradient, ...scalars }) => requireUpdate({ ref, mean, variance, gradient }, scalars),
  gradient: null,
});
