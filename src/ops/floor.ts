import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferUnary } from "./shared/infer-elementwise.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export const Floor: OpDef<"Floor", ["x"]> = defineOp({
  name: "Floor",
  inputs: ["x"],
  inPlace: ["x"],
  infer: (inputs) => inferUnary(inputs, ["float32"]),
  // Zero wherever it exists.
  gradient: null,
});

/**
 * The largest whole number that is not above x.
 *
 * @param x float32 of any shape.
 * @returns same shape.
 * @throws DTypeError when x is not float32.
 */
export function floor<const X extends TensorLike>(x: X, options: OpOptions = {}): Tensor<ShapeOf<X>, "float32"> {
  return apply(Floor, { x: toTensor(x) }, {}, options);
}
