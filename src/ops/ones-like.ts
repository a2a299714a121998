import type { DType } from "../core/dtype.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import type { FillLikeAttrs, FillLikeOptions } from "./zeros-like.ts";
import { requireOptions } from "./shared/require-options.ts";
import { requireDTypeName } from "./shared/requirements.ts";

export const OnesLike: OpDef<"OnesLike", ["like"], FillLikeAttrs> = defineOp({
  name: "OnesLike",
  inputs: ["like"],
  shapeOnly: ["like"],
  infer: ({ like }, { dtype }) => {
    requireDTypeName(dtype);
    return { shape: like.shape, dtype };
  },
  gradient: null,
});

/** Ones (true for bool) in the shape of `x`, whose values are not read. */
export function onesLike<const X extends TensorLike, D extends DType = DTypeOf<X>>(
  x: X,
  options: FillLikeOptions<D> = {},
): Tensor<ShapeOf<X>, NoInfer<D>> {
  requireOptions("onesLike", options, "dtype");
  const like = toTensor(x);
  return apply(OnesLike, { like }, { dtype: options.dtype ?? like.dtype }, options);
}
