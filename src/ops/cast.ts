import type { DType } from "../core/dtype.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireDTypeName } from "./shared/requirements.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export interface CastAttrs {
  readonly dtype: DType;
}

export const Cast: OpDef<"Cast", ["x"], CastAttrs> = defineOp({
  name: "Cast",
  inputs: ["x"],
  inPlace: ["x"],
  infer: ({ x }, { dtype }: CastAttrs) => {
    requireDTypeName(dtype);
    return { shape: x.shape, dtype };
  },
  isIdentity: ({ x }, { dtype }) => x.dtype === dtype,
  // Only from float32 to float32 does a derivative exist.
  gradient: ({ inputs: { x }, attrs: { dtype }, dy }) => ({
    x: x.dtype === "float32" && dtype === "float32" ? dy : null,
  }),
});

/**
 * x as another dtype.
 *
 * - float32 to integers drops the fraction. What does not fit becomes the nearest integer that does, and NaN becomes 0
 *   (TensorFlow leaves both undefined).
 * - int32 to uint8 keeps the low eight bits, as TensorFlow does.
 * - to bool: whether x differs from 0, so NaN is true. From bool: 0 or 1.
 *
 * @param x any dtype and shape.
 * @returns same shape.
 * @throws ValueError for a dtype there is none of.
 */
export function cast<const X extends TensorLike, D extends DType>(
  x: X,
  dtype: D,
  options: OpOptions = {},
): Tensor<ShapeOf<X>, D> {
  return apply(Cast, { x: toTensor(x) }, { dtype }, options);
}
