import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { requireAxes } from "./shared/axes.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import type { ReductionGeometry } from "./shared/reduction.ts";
import { requireDType } from "./shared/requirements.ts";
import { noSecondDerivative } from "./shared/second-derivative.ts";

export interface ProdGradAttrs {
  readonly axes: readonly number[];
}

/** dx = dy times the product of all other elements: without a division, so that zeros are right. */
export const ProdGrad: OpDef<"ProdGrad", ["x", "dy"], ProdGradAttrs, ReductionGeometry> = defineOp({
  name: "ProdGrad",
  inputs: ["x", "dy"],
  infer: ({ x, dy }, { axes }) => {
    requireDType("x", x, "float32");
    requireDType("dy", dy, "float32");
    requireAxes(axes, x.shape, "x");
    return x;
  },
  geometry: ({ x }, { axes }) => ({ axes: requireAxes(axes, x.shape, "x") }),
  gradient: () => noSecondDerivative("reduceProd"),
});

/** The gradient of `reduceProd`; `dy` has the folded axes as 1. */
export function prodGrad(x: Tensor, dy: Tensor, axes: readonly number[]): Tensor {
  return apply(ProdGrad, { x, dy }, { axes });
}
