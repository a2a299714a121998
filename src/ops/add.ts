import type { Broadcast, BroadcastProblem, Checked } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferBinary, NUMERIC } from "./shared/infer-elementwise.ts";
import { type OperandDType, type ShapeOf, type TensorLike, toTensors } from "./shared/to-tensor.ts";

export const Add: OpDef<"Add", ["a", "b"]> = defineOp({
  name: "Add",
  inputs: ["a", "b"],
  inPlace: ["a", "b"],
  infer: (inputs) => inferBinary(inputs, NUMERIC),
  gradient: ({ inputs: { a, b }, dy }, ops) => ({ a: ops.sumLike(dy, a), b: ops.sumLike(dy, b) }),
});

/**
 * a + b, with broadcasting. Integers wrap around.
 *
 * @param a, b any numeric dtype, the same for both; shapes that broadcast.
 * @returns the broadcast shape.
 * @throws ShapeError when the shapes do not broadcast. @throws DTypeError when the dtypes differ or have no add.
 */
export function add<const A extends TensorLike, const B extends TensorLike>(
  a: A,
  b: Checked<B, BroadcastProblem<"add", ShapeOf<A>, ShapeOf<B>>>,
  options: OpOptions = {},
): Tensor<Broadcast<ShapeOf<A>, ShapeOf<B>>, OperandDType<A, B>> {
  const [x, y] = toTensors("add", a, b);
  return apply(Add, { a: x, b: y }, {}, options);
}
