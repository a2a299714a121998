import type { Shape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { requireSameShapeAndDType } from "./shared/requirements.ts";

export const RsqrtGrad: OpDef<"RsqrtGrad", ["dy", "y"]> = defineOp({
  name: "RsqrtGrad",
  inputs: ["dy", "y"],
  inPlace: ["dy", "y"],
  infer: ({ dy, y }) => requireSameShapeAndDType({ dy, y }),
  gradient: ({ inputs: { dy: first, y }, dy }, ops) => ({
    dy: ops.rsqrtGrad(dy, y),
    y: ops.mul(ops.mul(dy, first), ops.mul(ops.square(y), -1.5)),
  }),
});

/** The gradient of `rsqrt`: -dy * y^3 / 2. `dy`, `y`: same shape. */
export function rsqrtGrad<S extends Shape>(dy: Tensor<S>, y: Tensor): Tensor<S, "float32"> {
  return apply(RsqrtGrad, { dy, y }, {});
}
