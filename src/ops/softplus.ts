import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferUnary } from "./shared/infer-elementwise.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export const Softplus: OpDef<"Softplus", ["x"]> = defineOp({
  name: "Softplus",
  inputs: ["x"],
  inPlace: ["x"],
  infer: (inputs) => inferUnary(inputs, ["float32"]),
  gradient: ({ inputs: { x }, dy }, ops) => ({ x: ops.softplusGrad(dy, x) }),
});

/**
 * y = log(1 + exp(x)), a smooth relu. Neither end overflows.
 *
 * @param x float32 of any shape.
 * @returns same shape, every element >= 0.
 * @throws DTypeError when x is not float32.
 * @see Dugas et al., "Incorporating second-order functional knowledge for better option pricing", NIPS 2000.
 */
export function softplus<const X extends TensorLike>(x: X, options: OpOptions = {}): Tensor<ShapeOf<X>, "float32"> {
  return apply(Softplus, { x: toTensor(x) }, {}, options);
}
