import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferUnary } from "./shared/infer-elementwise.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export const Elu: OpDef<"Elu", ["x"]> = defineOp({
  name: "Elu",
  inputs: ["x"],
  inPlace: ["x"],
  infer: (inputs) => inferUnary(inputs, ["float32"]),
  // exp(x) = y + 1 where x <= 0, so the input need not be kept.
  gradient: ({ y, dy }, ops) => ({ x: ops.eluGrad(dy, y) }),
});

/**
 * Exponential linear unit: y = x where x > 0, exp(x) - 1 elsewhere.
 *
 * @param x float32 of any shape.
 * @returns same shape, every element >= -1.
 * @throws DTypeError when x is not float32.
 * @see Clevert, Unterthiner, Hochreiter, "Fast and accurate deep network learning by exponential linear units", ICLR 2016.
 */
export function elu<const X extends TensorLike>(x: X, options: OpOptions = {}): Tensor<ShapeOf<X>, "float32"> {
  return apply(Elu, { x: toTensor(x) }, {}, options);
}
