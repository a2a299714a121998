import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferUnary, SIGNED } from "./shared/infer-elementwise.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export const Abs: OpDef<"Abs", ["x"]> = defineOp({
  name: "Abs",
  inputs: ["x"],
  inPlace: ["x"],
  infer: (inputs) => inferUnary(inputs, SIGNED),
  // At 0, where there is no derivative, 0 as in TensorFlow.
  gradient: ({ inputs: { x }, dy }, ops) => ({ x: ops.mul(dy, ops.sign(x)) }),
});

/**
 * |x|. The smallest int32 stays itself.
 *
 * @param x float32 or int32, any shape.
 * @returns same shape and dtype.
 * @throws DTypeError for other dtypes.
 */
export function abs<const X extends TensorLike>(x: X, options: OpOptions = {}): Tensor<ShapeOf<X>, DTypeOf<X>> {
  return apply(Abs, { x: toTensor(x) }, {}, options);
}
