import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferUnary } from "./shared/infer-elementwise.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export const LogicalNot: OpDef<"LogicalNot", ["x"]> = defineOp({
  name: "LogicalNot",
  inputs: ["x"],
  inPlace: ["x"],
  infer: (inputs) => inferUnary(inputs, ["bool"]),
  gradient: null,
});

/**
 * True where x is false.
 *
 * @param x bool of any shape.
 * @returns same shape.
 * @throws DTypeError when x is not bool.
 */
export function logicalNot<const X extends TensorLike>(x: X, options: OpOptions = {}): Tensor<ShapeOf<X>, "bool"> {
  return apply(LogicalNot, { x: toTensor(x) }, {}, options);
}
