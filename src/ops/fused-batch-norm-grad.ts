import type { OpDef, TensorSpec } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { applyOp, defineOp } from "./shared/define-op.ts";
import type { FusedBatchNormAttrs } from "./fused-batch-norm.ts";
import { requireSameShapeAndDType } from "./shared/requirements.ts";
import { noSecondDerivative } from "./shared/second-derivative.ts";

/** Outputs: dx, dScale, dOffset. */
export const FusedBatchNormGrad: OpDef<
  "FusedBatchNormGrad",
  ["dy", "x", "scale", "mean", "inverse"],
  FusedBatchNormAttrs
> = defineOp({
  name: "FusedBatchNormGrad",
  inputs: ["dy", "x", "scale", "mean", "inverse"],
  infer: ({ dy, x, scale, mean, inverse }) => {
    requireSameShapeAndDType({ x, dy });
    const vector: TensorSpec = requireSameShapeAndDType({ scale, mean, inverse });
    return [x, vector, vector];
  },
  gradient: () => noSecondDerivative("fusedBatchNorm"),
});

/**
 * The gradient of `fusedBatchNorm`. With r = 1 / sqrt(variance + epsilon), h = (x - mean) r, and n rows:
 * dOffset = sum dy, dScale = sum dy h, dx = scale r (dy - dOffset / n - h dScale / n) when training, scale r dy else.
 *
 * @param dy, x `[batch, ..., channels]`. @param scale, mean, inverse (r) `[channels]`; when training, mean must be that of
 * x: kernels use that x - mean adds up to zero.
 */
export function fusedBatchNormGrad(
  dy: Tensor,
  x: Tensor,
  scale: Tensor,
  mean: Tensor,
  inverse: Tensor,
  attrs: FusedBatchNormAttrs,
): [dx: Tensor, dScale: Tensor, dOffset: Tensor] {
  const [dx, dScale, dOffset] = applyOp(FusedBatchNormGrad, { dy, x, scale, mean, inverse }, attrs).outputs;
  return [dx!, dScale!, dOffset!];
}
