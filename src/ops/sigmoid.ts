import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferUnary } from "./shared/infer-elementwise.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export const Sigmoid: OpDef<"Sigmoid", ["x"]> = defineOp({
  name: "Sigmoid",
  inputs: ["x"],
  inPlace: ["x"],
  infer: (inputs) => inferUnary(inputs, ["float32"]),
  gradient: ({ y, dy }, ops) => ({ x: ops.sigmoidGrad(dy, y) }),
});

/**
 * Logistic sigmoid: y = 1 / (1 + exp(-x)).
 *
 * @param x float32 of any shape.
 * @returns same shape, in 0 .. 1.
 * @throws DTypeError when x is not float32.
 */
export function sigmoid<const X extends TensorLike>(x: X, options: OpOptions = {}): Tensor<ShapeOf<X>, "float32"> {
  return apply(Sigmoid, { x: toTensor(x) }, {}, options);
}
