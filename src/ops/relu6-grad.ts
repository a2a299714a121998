import type { Shape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { requireSameShapeAndDType } from "./shared/requirements.ts";

export const Relu6Grad: OpDef<"Relu6Grad", ["dy", "y"]> = defineOp({
  name: "Relu6Grad",
  inputs: ["dy", "y"],
  inPlace: ["dy", "y"],
  infer: ({ dy, y }) => requireSameShapeAndDType({ dy, y }),
  // Linear in dy; the mask's own derivative is zero almost everywhere.
  gradient: ({ inputs: { y }, dy }, ops) => ({ dy: ops.relu6Grad(dy, y), y: null }),
});

/** The gradient of `relu6`: dy where 0 < y < 6, else 0. `dy`, `y`: same shape. */
export function relu6Grad<S extends Shape>(dy: Tensor<S>, y: Tensor): Tensor<S, "float32"> {
  return apply(Relu6Grad, { dy, y }, {});
}
