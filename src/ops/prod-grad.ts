import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { requireAxes } from "./axes.ts";
import { apply, defineOp } from "./define-op.ts";
import type { ReductionGeometry } from "./reduction.ts";
import { requireDType } from "./requirements.ts";
import { noSecondDerivative } from "./second-derivative.ts";

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
