import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferUnary, SIGNED } from "./shared/infer-elementwise.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export const Sign: OpDef<"Sign", ["x"]> = defineOp({
  name: "Sign",
  inputs: ["x"],
  inPlace: ["x"],
  infer: (inputs) => inferUnary(inputs, SIGNED),
  // Zero wherever it exists.
  gradient: null,
});

/**
 * -1, 0 or 1 by the sign of x. NaN stays NaN.
 *
 * @param x float32 or int32, any shape.
 * @returns same shape and dtype.
 * @throws DTypeError for other dtypes.
 */
export function sign<const X extends TensorLike>(x: X, options: OpOptions = {}): Tensor<ShapeOf<X>, DTypeOf<X>> {
  return apply(Sign, { x: toTensor(x) }, {}, options);
}
