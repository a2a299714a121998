import type { Shape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { requireSameShapeAndDType } from "./shared/requirements.ts";

export const SigmoidGrad: OpDef<"SigmoidGrad", ["dy", "y"]> = defineOp({
  name: "SigmoidGrad",
  inputs: ["dy", "y"],
  inPlace: ["dy", "y"],
  infer: ({ dy, y }) => requireSameShapeAndDType({ dy, y }),
  gradient: ({ inputs: { dy: first, y }, dy }, ops) => ({
    dy: ops.sigmoidGrad(dy, y),
    y: ops.mul(ops.mul(dy, first), ops.sub(1, ops.mul(y, 2))),
  }),
});

/** The gradient of `sigmoid`: dy * y * (1 - y). `dy`, `y`: same shape. */
export function sigmoidGrad<S extends Shape>(dy: Tensor<S>, y: Tensor): Tensor<S, "float32"> {
  return apply(SigmoidGrad, { dy, y }, {});
}
