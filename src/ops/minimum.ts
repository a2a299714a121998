import type { Broadcast, BroadcastProblem, Checked } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferBinary, NUMERIC } from "./shared/infer-elementwise.ts";
import { type OperandDType, type ShapeOf, type TensorLike, toTensors } from "./shared/to-tensor.ts";

export const Minimum: OpDef<"Minimum", ["a", "b"]> = defineOp({
  name: "Minimum",
  inputs: ["a", "b"],
  inPlace: ["a", "b"],
  infer: (inputs) => inferBinary(inputs, NUMERIC),
  // At ties all of it goes to a, as in TensorFlow.
  gradient: ({ inputs: { a, b }, dy }, ops) => {
    const chosen = ops.lessEqual(a, b);
    return {
      a: ops.sumLike(ops.where(chosen, dy, 0), a),
      b: ops.sumLike(ops.where(chosen, 0, dy), b),
    };
  },
});

/**
 * The smaller of a and b, with broadcasting. NaN if either is NaN.
 *
 * @param a, b any numeric dtype, the same for both; shapes that broadcast.
 * @returns the broadcast shape.
 * @throws ShapeError when the shapes do not broadcast. @throws DTypeError when the dtypes differ or have no minimum.
 */
export function minimum<const A extends TensorLike, const B extends TensorLike>(
  a: A,
  b: Checked<B, BroadcastProblem<"minimum", ShapeOf<A>, ShapeOf<B>>>,
  options: OpOptions = {},
): Tensor<Broadcast<ShapeOf<A>, ShapeOf<B>>, OperandDType<A, B>> {
  const [x, y] = toTensors("minimum", a, b);
  return apply(Minimum, { a: x, b: y }, {}, options);
}
