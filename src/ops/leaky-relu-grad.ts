import type { Shape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import type { LeakyReluAttrs } from "./leaky-relu.ts";
import { requireSameShapeAndDType } from "./shared/requirements.ts";

export const LeakyReluGrad: OpDef<"LeakyReluGrad", ["dy", "x"], LeakyReluAttrs> = defineOp({
  name: "LeakyReluGrad",
  inputs: ["dy", "x"],
  inPlace: ["dy", "x"],
  infer: ({ dy, x }, _attrs: LeakyReluAttrs) => requireSameShapeAndDType({ dy, x }),
  // Linear in dy; the mask's own derivative is zero almost everywhere.
  gradient: ({ inputs: { x }, attrs: { alpha }, dy }, ops) => ({ dy: ops.leakyReluGrad(dy, x, alpha), x: null }),
});

/** The gradient of `leakyRelu`: dy where x > 0, alpha * dy elsewhere. `dy`, `x`: same shape. */
export function leakyReluGrad<S extends Shape>(dy: Tensor<S>, x: Tensor, alpha: number): Tensor<S, "float32"> {
  return apply(LeakyReluGrad, { dy, x }, { alpha });
}
