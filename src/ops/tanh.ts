import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferUnary } from "./shared/infer-elementwise.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export const Tanh: OpDef<"Tanh", ["x"]> = defineOp({
  name: "Tanh",
  inputs: ["x"],
  inPlace: ["x"],
  infer: (inputs) => inferUnary(inputs, ["float32"]),
  gradient: ({ y, dy }, ops) => ({ x: ops.tanhGrad(dy, y) }),
});

/**
 * Hyperbolic tangent.
 *
 * @param x float32 of any shape.
 * @returns same shape, in -1 .. 1.
 * @throws DTypeError when x is not float32.
 */
export function tanh<const X extends TensorLike>(x: X, options: OpOptions = {}): Tensor<ShapeOf<X>, "float32"> {
  return apply(Tanh, { x: toTensor(x) }, {}, options);
}
