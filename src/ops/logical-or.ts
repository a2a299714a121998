import type { Broadcast, BroadcastProblem, Checked } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferBinary } from "./shared/infer-elementwise.ts";
import { type ShapeOf, type TensorLike, toTensors } from "./shared/to-tensor.ts";

export const LogicalOr: OpDef<"LogicalOr", ["a", "b"]> = defineOp({
  name: "LogicalOr",
  inputs: ["a", "b"],
  inPlace: ["a", "b"],
  infer: (inputs) => inferBinary(inputs, ["bool"]),
  gradient: null,
});

/**
 * Whether at least one is true, with broadcasting.
 *
 * @param a, b bool; shapes that broadcast.
 * @returns bool of the broadcast shape.
 * @throws ShapeError when the shapes do not broadcast. @throws DTypeError when one is not bool.
 */
export function logicalOr<const A extends TensorLike, const B extends TensorLike>(
  a: A,
  b: Checked<B, BroadcastProblem<"logicalOr", ShapeOf<A>, ShapeOf<B>>>,
  options: OpOptions = {},
): Tensor<Broadcast<ShapeOf<A>, ShapeOf<B>>, "bool"> {
  const [x, y] = toTensors("logicalOr", a, b);
  return apply(LogicalOr, { a: x, b: y }, {}, options);
}
