import type { Broadcast, BroadcastProblem, Checked } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferBinary, SIGNED } from "./shared/infer-elementwise.ts";
import { type OperandDType, type ShapeOf, type TensorLike, toTensors } from "./shared/to-tensor.ts";

export const SquaredDifference: OpDef<"SquaredDifference", ["a", "b"]> = defineOp({
  name: "SquaredDifference",
  inputs: ["a", "b"],
  inPlace: ["a", "b"],
  infer: (inputs) => inferBinary(inputs, SIGNED),
  gradient: ({ inputs: { a, b }, dy }, ops) => {
    const da = ops.mul(dy, ops.mul(ops.sub(a, b), 2));
    return { a: ops.sumLike(da, a), b: ops.sumLike(ops.neg(da), b) };
  },
});

/**
 * (a - b)^2, with broadcasting.
 *
 * @param a, b float32 or int32, the same for both; shapes that broadcast.
 * @returns the broadcast shape.
 * @throws ShapeError when the shapes do not broadcast. @throws DTypeError when the dtypes differ or have no squaredDifference.
 */
export function squaredDifference<const A extends TensorLike, const B extends TensorLike>(
  a: A,
  b: Checked<B, BroadcastProblem<"squaredDifference", ShapeOf<A>, ShapeOf<B>>>,
  options: OpOptions = {},
): Tensor<Broadcast<ShapeOf<A>, ShapeOf<B>>, OperandDType<A, B>> {
  const [x, y] = toTensors("squaredDifference", a, b);
  return apply(SquaredDifference, { a: x, b: y }, {}, options);
}
