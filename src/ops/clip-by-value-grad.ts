import type { Shape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { ClipByValueAttrs } from "./clip-by-value.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { requireSameShapeAndDType } from "./shared/requirements.ts";

export const ClipByValueGrad: OpDef<"ClipByValueGrad", ["dy", "x"], ClipByValueAttrs> = defineOp({
  name: "ClipByValueGrad",
  inputs: ["dy", "x"],
  inPlace: ["dy", "x"],
  infer: ({ dy, x }, _attrs: ClipByValueAttrs) => requireSameShapeAndDType({ dy, x }),
  // Linear in dy; the mask's own derivative is zero almost everywhere.
  gradient: ({ inputs: { x }, attrs: { min, max }, dy }, ops) => ({
    dy: ops.clipByValueGrad(dy, x, min, max),
    x: null,
  }),
});

/** The gradient of `clipByValue`: dy where x lies within min .. max (both included), else 0. `dy`, `x`: same shape. */
export function clipByValueGrad<S extends Shape>(
  dy: Tensor<S>,
  x: Tensor,
  min: number,
  max: number,
): Tensor<S, "float32"> {
  return apply(ClipByValueGrad, { dy, x }, { min, max });
}
