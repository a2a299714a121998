import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferUnary } from "./shared/infer-elementwise.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export const Relu: OpDef<"Relu", ["x"]> = defineOp({
  name: "Relu",
  inputs: ["x"],
  inPlace: ["x"],
  infer: (inputs) => inferUnary(inputs, ["float32"]),
  // y > 0 exactly where x > 0, so the input need not be kept.
  gradient: ({ y, dy }, ops) => ({ x: ops.reluGrad(dy, y) }),
});

/**
 * Rectified linear unit: y = max(x, 0). NaN stays NaN.
 *
 * @param x float32 of any shape.
 * @returns same shape, every element >= 0.
 * @throws DTypeError when x is not float32.
 * @see Nair, Hinton, "Rectified linear units improve restricted Boltzmann machines", ICML 2010.
 */
export function relu<const X extends TensorLike>(x: X, options: OpOptions = {}): Tensor<ShapeOf<X>, "float32"> {
  return apply(Relu, { x: toTensor(x) }, {}, options);
}
