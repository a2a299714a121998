import type { Shape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { requireSameShapeAndDType } from "./shared/requirements.ts";

export const SoftplusGrad: OpDef<"SoftplusGrad", ["dy", "x"]> = defineOp({
  name: "SoftplusGrad",
  inputs: ["dy", "x"],
  inPlace: ["dy", "x"],
  infer: ({ dy, x }) => requireSameShapeAndDType({ dy, x }),
  gradient: ({ inputs: { dy: first, x }, dy }, ops) => ({
    dy: ops.softplusGrad(dy, x),
    x: ops.sigmoidGrad(ops.mul(dy, first), ops.sigmoid(x)),
  }),
});

/** The gradient of `softplus`: dy * sigmoid(x). `dy`, `x`: same shape. */
export function softplusGrad<S extends Shape>(dy: Tensor<S>, x: Tensor): Tensor<S, "float32"> {
  return apply(SoftplusGrad, { dy, x }, {});
}
