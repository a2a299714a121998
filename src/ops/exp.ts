import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferUnary } from "./shared/infer-elementwise.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export const Exp: OpDef<"Exp", ["x"]> = defineOp({
  name: "Exp",
  inputs: ["x"],
  inPlace: ["x"],
  infer: (inputs) => inferUnary(inputs, ["float32"]),
  gradient: ({ y, dy }, ops) => ({ x: ops.mul(dy, y) }),
});

/**
 * e to the power of x. Overflows to infinity above 88.72.
 *
 * @param x float32 of any shape.
 * @returns same shape.
 * @throws DTypeError when x is not float32.
 */
export function exp<const X extends TensorLike>(x: X, options: OpOptions = {}): Tensor<ShapeOf<X>, "float32"> {
  return apply(Exp, { x: toTensor(x) }, {}, options);
}
