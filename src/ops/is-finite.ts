import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferUnary } from "./shared/infer-elementwise.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export const IsFinite: OpDef<"IsFinite", ["x"]> = defineOp({
  name: "IsFinite",
  inputs: ["x"],
  infer: (inputs) => ({ shape: inferUnary(inputs, ["float32"]).shape, dtype: "bool" }),
  gradient: null,
});

/**
 * Where x is neither NaN nor an infinity.
 *
 * @param x float32 of any shape.
 * @returns bool of the same shape.
 * @throws DTypeError when x is not float32.
 */
export function isFinite<const X extends TensorLike>(x: X, options: OpOptions = {}): Tensor<ShapeOf<X>, "bool"> {
  return apply(IsFinite, { x: toTensor(x) }, {}, options);
}
