import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import type { LrnAttrs } from "./lrn.ts";
import { requireSameShapeAndDType } from "./shared/requirements.ts";
import { noSecondDerivative } from "./shared/second-derivative.ts";

export const LRNGrad: OpDef<"LRNGrad", ["dy", "images"], LrnAttrs> = defineOp({
  name: "LRNGrad",
  calledAs: "lrnGrad",
  inputs: ["dy", "images"],
  infer: ({ dy, images }) => requireSameShapeAndDType({ images, dy }),
  gradient: () => noSecondDerivative("lrn"),
});

/**
 * The gradient of `lrn`. With n = bias + alpha * sum of squares and y = x / n^beta:
 * dx[c] = dy[c] / n[c]^beta - 2 alpha beta x[c] * sum over the window of dy[j] y[j] / n[j].
 *
 * @param dy, images `[batch, height, width, channels]`.
 */
export function lrnGrad(dy: Tensor, images: Tensor, attrs: LrnAttrs): Tensor {
  return apply(LRNGrad, { dy, images }, attrs);
}
