import type { Shape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { requireSameShapeAndDType } from "./shared/requirements.ts";

export const TanhGrad: OpDef<"TanhGrad", ["dy", "y"]> = defineOp({
  name: "TanhGrad",
  inputs: ["dy", "y"],
  inPlace: ["dy", "y"],
  infer: ({ dy, y }) => requireSameShapeAndDType({ dy, y }),
  gradient: ({ inputs: { dy: first, y }, dy }, ops) => ({
    dy: ops.tanhGrad(dy, y),
    y: ops.mul(ops.mul(dy, first), ops.mul(y, -2)),
  }),
});

/** The gradient of `tanh`: dy * (1 - y^2). `dy`, `y`: same shape. */
export function tanhGrad<S extends Shape>(dy: Tensor<S>, y: Tensor): Tensor<S, "float32"> {
  return apply(TanhGrad, { dy, y }, {});
}
