import type { Shape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { requireSameShapeAndDType } from "./shared/requirements.ts";

export const ReluGrad: OpDef<"ReluGrad", ["dy", "y"]> = defineOp({
  name: "ReluGrad",
  inputs: ["dy", "y"],
  inPlace: ["dy", "y"],
  infer: ({ dy, y }) => requireSameShapeAndDType({ dy, y }),
  // Linear in dy; the mask's own derivative is zero almost everywhere.
  gradient: ({ inputs: { y }, dy }, ops) => ({ dy: ops.reluGrad(dy, y), y: null }),
});

/** The gradient of `relu`: dy where y > 0, else 0. `dy`, `y`: same shape. */
export function reluGrad<S extends Shape>(dy: Tensor<S>, y: Tensor): Tensor<S, "float32"> {
  return apply(ReluGrad, { dy, y }, {});
}
