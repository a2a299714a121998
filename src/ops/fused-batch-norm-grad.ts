import type { OpDef, TensorSpec } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { applyOp, defineOp, type Ops } from "./shared/define-op.ts";
import type { FusedBatchNormAttrs } from "./fused-batch-norm.ts";
import { requireSameShapeAndDType } from "./shared/requirements.ts";
import { gradientOfFormula } from "./shared/gradient-of-formula.ts";

type Inputs = Readonly<Record<"dy" | "x" | "scale" | "mean" | "inverse", Tensor>>;

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
  gradient: (context, ops) => gradientOfFormula(context, ops, (inputs) => formula(inputs, context.attrs, ops)),
});

/** What the kernel computes; see `fusedBatchNormGrad`. */
function formula({ dy, x, scale, mean, inverse }: Inputs, { isTraining }: FusedBatchNormAttrs, ops: Ops): Tensor[] {
  const axis = x.shape.slice(0, -1).map((_, index) => index);
  const normalized = ops.mul(ops.sub(x, mean), inverse);
  const products = ops.mul(dy, normalized);
  const centered = ops.sub(
    ops.sub(dy, ops.reduceMean(dy, { axis })),
    ops.mul(normalized, ops.reduceMean(products, { axis })),
  );
  const dx = ops.mul(isTraining ? centered : dy, ops.mul(scale, inverse));
  return [dx, ops.reduceSum(products, { axis }), ops.reduceSum(dy, { axis })];
}

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
