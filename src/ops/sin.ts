import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferUnary } from "./shared/infer-elementwise.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export const Sin: OpDef<"Sin", ["x"]> = defineOp({
  name: "Sin",
  inputs: ["x"],
  inPlace: ["x"],
  infer: (inputs) => inferUnary(inputs, ["float32"]),
  gradient: ({ inputs: { x }, dy }, ops) => ({ x: ops.mul(dy, ops.cos(x)) }),
});

/**
 * Sine.
 *
 * @param x float32 of any shape, in radians.
 * @returns same shape, in -1 .. 1; NaN for infinity.
 * @throws DTypeError when x is not float32.
 */
export function sin<const X extends TensorLike>(x: X, options: OpOptions = {}): Tensor<ShapeOf<X>, "float32"> {
  return apply(Sin, { x: toTensor(x) }, {}, options);
}
