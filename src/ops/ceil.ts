import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferUnary } from "./shared/infer-elementwise.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export const Ceil: OpDef<"Ceil", ["x"]> = defineOp({
  name: "Ceil",
  inputs: ["x"],
  inPlace: ["x"],
  infer: (inputs) => inferUnary(inputs, ["float32"]),
  // Zero wherever it exists.
  gradient: null,
});

/**
 * The smallest whole number that is not below x.
 *
 * @param x float32 of any shape.
 * @returns same shape.
 * @throws DTypeError when x is not float32.
 */
export function ceil<const X extends TensorLike>(x: X, options: OpOptions = {}): Tensor<ShapeOf<X>, "float32"> {
  return apply(Ceil, { x: toTensor(x) }, {}, options);
}
