import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferUnary } from "./shared/infer-elementwise.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export const Round: OpDef<"Round", ["x"]> = defineOp({
  name: "Round",
  inputs: ["x"],
  inPlace: ["x"],
  infer: (inputs) => inferUnary(inputs, ["float32"]),
  // Zero wherever it exists.
  gradient: null,
});

/**
 * The nearest whole number; halves go to the even one, as in TensorFlow: round(0.5) is 0, round(1.5) is 2.
 *
 * @param x float32 of any shape.
 * @returns same shape.
 * @throws DTypeError when x is not float32.
 */
export function round<const X extends TensorLike>(x: X, options: OpOptions = {}): Tensor<ShapeOf<X>, "float32"> {
  return apply(Round, { x: toTensor(x) }, {}, options);
}
