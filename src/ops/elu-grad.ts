import type { Shape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { requireSameShapeAndDType } from "./shared/requirements.ts";

export const EluGrad: OpDef<"EluGrad", ["dy", "y"]> = defineOp({
  name: "EluGrad",
  inputs: ["dy", "y"],
  inPlace: ["dy", "y"],
  infer: ({ dy, y }) => requireSameShapeAndDType({ dy, y }),
  gradient: ({ inputs: { dy: first, y }, dy }, ops) => ({
    dy: ops.eluGrad(dy, y),
    y: ops.where(ops.greater(y, 0), 0, ops.mul(dy, first)),
  }),
});

/** The gradient of `elu`: dy where y > 0, dy * (y + 1) elsewhere. `dy`, `y`: same shape. */
export function eluGrad<S extends Shape>(dy: Tensor<S>, y: Tensor): Tensor<S, "float32"> {
  return apply(EluGrad, { dy, y }, {});
}
