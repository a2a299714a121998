import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferUnary } from "./shared/infer-elementwise.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export const Cos: OpDef<"Cos", ["x"]> = defineOp({
  name: "Cos",
  inputs: ["x"],
  inPlace: ["x"],
  infer: (inputs) => inferUnary(inputs, ["float32"]),
  gradient: ({ inputs: { x }, dy }, ops) => ({ x: ops.neg(ops.mul(dy, ops.sin(x))) }),
});

/**
 * Cosine.
 *
 * @param x float32 of any shape, in radians.
 * @returns same shape, in -1 .. 1; NaN for infinity.
 * @throws DTypeError when x is not float32.
 */
export function cos<const X extends TensorLike>(x: X, options: OpOptions = {}): Tensor<ShapeOf<X>, "float32"> {
  return apply(Cos, { x: toTensor(x) }, {}, options);
}
