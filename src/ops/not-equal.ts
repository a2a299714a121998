import type { Broadcast, BroadcastProblem, Checked } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferComparison } from "./shared/infer-elementwise.ts";
import { type ShapeOf, type TensorLike, toTensors } from "./shared/to-tensor.ts";

export const NotEqual: OpDef<"NotEqual", ["a", "b"]> = defineOp({
  name: "NotEqual",
  inputs: ["a", "b"],
  infer: (inputs) => inferComparison(inputs, ["float32", "int32", "uint8", "bool"]),
  gradient: null,
});

/**
 * a ≠ b, with broadcasting. NaN differs from everything, itself too.
 *
 * @param a, b any dtype, the same for both; shapes that broadcast.
 * @returns bool of the broadcast shape.
 * @throws ShapeError when the shapes do not broadcast. @throws DTypeError when the dtypes differ or have no notEqual.
 */
export function notEqual<const A extends TensorLike, const B extends TensorLike>(
  a: A,
  b: Checked<B, BroadcastProblem<"notEqual", ShapeOf<A>, ShapeOf<B>>>,
  options: OpOptions = {},
): Tensor<Broadcast<ShapeOf<A>, ShapeOf<B>>, "bool"> {
  const [x, y] = toTensors("notEqual", a, b);
  return apply(NotEqual, { a: x, b: y }, {}, options);
}
