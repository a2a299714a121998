import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferUnary } from "./shared/infer-elementwise.ts";
import { maximum } from "./maximum.ts";
import { minimum } from "./minimum.ts";
import { requireValue } from "./shared/requirements.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";

export interface ClipByValueAttrs {
  readonly min: number;
  readonly max: number;
}

export const ClipByValue: OpDef<"ClipByValue", ["x"], ClipByValueAttrs> = defineOp({
  name: "ClipByValue",
  inputs: ["x"],
  inPlace: ["x"],
  infer: (inputs, { min, max }: ClipByValueAttrs) => {
    requireValue(min <= max, `min ${min} is above max ${max}.`, "swap them.");
    return inferUnary(inputs, ["float32"]);
  },
  gradient: ({ inputs: { x }, attrs: { min, max }, dy }, ops) => ({ x: ops.clipByValueGrad(dy, x, min, max) }),
});

/**
 * y = x limited to min .. max. NaN stays NaN.
 *
 * @param x float32 of any shape; any numeric dtype when a limit is a tensor.
 * @param min, max numbers, min <= max; or tensors that broadcast to x, which the gradient then reaches, too.
 * @returns same shape and dtype.
 * @throws DTypeError when the dtypes do not fit. @throws ValueError when min > max.
 */
export function clipByValue<const X extends TensorLike>(
  x: X,
  min: number | Tensor,
  max: number | Tensor,
  options: OpOptions = {},
): Tensor<ShapeOf<X>, DTypeOf<X>> {
  requireOptions("clipByValue", options);
  const values = toTensor(x);
  if (typeof min === "number" && typeof max === "number" && values.dtype === "float32") {
    return apply(ClipByValue, { x: values }, { min, max }, options);
  }
  // In this order, as TensorFlow does it: where min > max the result is min.
  const clipped: Tensor = maximum(minimum(values, max), min, { name: options.name ?? "ClipByValue" });
  return clipped as Tensor<ShapeOf<X>, DTypeOf<X>>;
}
