import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferUnary, SIGNED } from "./shared/infer-elementwise.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export const Square: OpDef<"Square", ["x"]> = defineOp({
  name: "Square",
  inputs: ["x"],
  inPlace: ["x"],
  infer: (inputs) => inferUnary(inputs, SIGNED),
  gradient: ({ inputs: { x }, dy }, ops) => ({ x: ops.mul(dy, ops.mul(x, 2)) }),
});

/**
 * x * x. int32 wraps around.
 *
 * @param x float32 or int32, any shape.
 * @returns same shape and dtype.
 * @throws DTypeError for other dtypes.
 */
export function square<const X extends TensorLike>(x: X, options: OpOptions = {}): Tensor<ShapeOf<X>, DTypeOf<X>> {
  return apply(Square, { x: toTensor(x) }, {}, options);
}
