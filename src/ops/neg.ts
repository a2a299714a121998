import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferUnary, SIGNED } from "./shared/infer-elementwise.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export const Neg: OpDef<"Neg", ["x"]> = defineOp({
  name: "Neg",
  inputs: ["x"],
  inPlace: ["x"],
  infer: (inputs) => inferUnary(inputs, SIGNED),
  gradient: ({ dy }, ops) => ({ x: ops.neg(dy) }),
});

/**
 * -x. The smallest int32 stays itself.
 *
 * @param x float32 or int32, any shape.
 * @returns same shape and dtype.
 * @throws DTypeError for other dtypes.
 */
export function neg<const X extends TensorLike>(x: X, options: OpOptions = {}): Tensor<ShapeOf<X>, DTypeOf<X>> {
  return apply(Neg, { x: toTensor(x) }, {}, options);
}
