import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferUnary } from "./shared/infer-elementwise.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export const Relu6: OpDef<"Relu6", ["x"]> = defineOp({
  name: "Relu6",
  inputs: ["x"],
  inPlace: ["x"],
  infer: (inputs) => inferUnary(inputs, ["float32"]),
  // 0 < y < 6 exactly where 0 < x < 6, so the input need not be kept.
  gradient: ({ y, dy }, ops) => ({ x: ops.relu6Grad(dy, y) }),
});

/**
 * y = min(max(x, 0), 6). NaN stays NaN.
 *
 * @param x float32 of any shape.
 * @returns same shape, in 0 .. 6.
 * @throws DTypeError when x is not float32.
 * @see Krizhevsky, "Convolutional deep belief networks on CIFAR-10", 2010.
 */
export function relu6<const X extends TensorLike>(x: X, options: OpOptions = {}): Tensor<ShapeOf<X>, "float32"> {
  return apply(Relu6, { x: toTensor(x) }, {}, options);
}
