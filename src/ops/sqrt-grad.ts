import type { Shape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { requireSameShapeAndDType } from "./shared/requirements.ts";

export const SqrtGrad: OpDef<"SqrtGrad", ["dy", "y"]> = defineOp({
  name: "SqrtGrad",
  inputs: ["dy", "y"],
  inPlace: ["dy", "y"],
  infer: ({ dy, y }) => requireSameShapeAndDType({ dy, y }),
  gradient: ({ inputs: { y }, y: dx, dy }, ops) => ({
    dy: ops.sqrtGrad(dy, y),
    y: ops.neg(ops.div(ops.mul(dy, dx), y)),
  }),
});

/** The gradient of `sqrt`: dy / (2 y). `dy`, `y`: same shape. */
export function sqrtGrad<S extends Shape>(dy: Tensor<S>, y: Tensor): Tensor<S, "float32"> {
  return apply(SqrtGrad, { dy, y }, {});
}
