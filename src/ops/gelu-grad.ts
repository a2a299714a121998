import type { Shape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import type { GeluAttrs } from "./gelu.ts";
import { requireSameShapeAndDType } from "./shared/requirements.ts";
import { noSecondDerivative } from "./shared/second-derivative.ts";

export const GeluGrad: OpDef<"GeluGrad", ["dy", "x"], GeluAttrs> = defineOp({
  name: "GeluGrad",
  inputs: ["dy", "x"],
  inPlace: ["dy", "x"],
  infer: ({ dy, x }, _attrs: GeluAttrs) => requireSameShapeAndDType({ dy, x }),
  gradient: () => noSecondDerivative("gelu"),
});

/** The gradient of `gelu`: dy * (P(X <= x) + x p(x)), or that of its tanh approximation. `dy`, `x`: same shape. */
export function geluGrad<S extends Shape>(dy: Tensor<S>, x: Tensor, approximate: boolean): Tensor<S, "float32"> {
  return apply(GeluGrad, { dy, x }, { approximate });
}
