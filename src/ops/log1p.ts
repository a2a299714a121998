import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferUnary } from "./shared/infer-elementwise.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export const Log1p: OpDef<"Log1p", ["x"]> = defineOp({
  name: "Log1p",
  inputs: ["x"],
  inPlace: ["x"],
  infer: (inputs) => inferUnary(inputs, ["float32"]),
  gradient: ({ inputs: { x }, dy }, ops) => ({ x: ops.div(dy, ops.add(x, 1)) }),
});

/**
 * log(1 + x), accurate where x is close to 0: -infinity at -1, NaN below.
 *
 * @param x float32 of any shape.
 * @returns same shape.
 * @throws DTypeError when x is not float32.
 */
export function log1p<const X extends TensorLike>(x: X, options: OpOptions = {}): Tensor<ShapeOf<X>, "float32"> {
  return apply(Log1p, { x: toTensor(x) }, {}, options);
}
