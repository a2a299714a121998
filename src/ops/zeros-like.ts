import type { DType } from "../core/dtype.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";
import { requireDTypeName } from "./shared/requirements.ts";

export interface FillLikeAttrs {
  readonly dtype: DType;
}

export const ZerosLike: OpDef<"ZerosLike", ["like"], FillLikeAttrs> = defineOp({
  name: "ZerosLike",
  inputs: ["like"],
  shapeOnly: ["like"],
  infer: ({ like }, { dtype }) => {
    requireDTypeName(dtype);
    return { shape: like.shape, dtype };
  },
  gradient: null,
});

export interface FillLikeOptions<D extends DType> extends OpOptions {
  /** Default: that of the tensor whose shape is taken. */
  readonly dtype?: D;
}

/** Zeros in the shape of `x`, whose values are not read. */
export function zerosLike<const X extends TensorLike, D extends DType = DTypeOf<X>>(
  x: X,
  options: FillLikeOptions<D> = {},
): Tensor<ShapeOf<X>, NoInfer<D>> {
  requireOptions("zerosLike", options, "dtype");
  const like = toTensor(x);
  return apply(ZerosLike, { like }, { dtype: options.dtype ?? like.dtype }, options);
}
