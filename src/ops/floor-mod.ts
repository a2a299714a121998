import type { Broadcast, BroadcastProblem, Checked } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferBinary, SIGNED } from "./shared/infer-elementwise.ts";
import { type OperandDType, type ShapeOf, type TensorLike, toTensors } from "./shared/to-tensor.ts";

export const FloorMod: OpDef<"FloorMod", ["a", "b"]> = defineOp({
  name: "FloorMod",
  inputs: ["a", "b"],
  inPlace: ["a", "b"],
  infer: (inputs) => inferBinary(inputs, SIGNED),
  gradient: ({ inputs: { a, b }, dy }, ops) => ({
    a: ops.sumLike(dy, a),
    b: ops.sumLike(ops.neg(ops.mul(dy, ops.floorDiv(a, b))), b),
  }),
});

/**
 * The remainder of `floorDiv`: a - floor(a / b) * b, which has the sign of b, as in Python. `tf.mod` of TensorFlow 1. An
 * int32 modulo 0 gives 0 (TensorFlow stops with an error).
 *
 * @param a, b float32 or int32, the same for both; shapes that broadcast.
 * @returns the broadcast shape.
 * @throws ShapeError when the shapes do not broadcast. @throws DTypeError when the dtypes differ or have no floorMod.
 */
export function floorMod<const A extends TensorLike, const B extends TensorLike>(
  a: A,
  b: Checked<B, BroadcastProblem<"floorMod", ShapeOf<A>, ShapeOf<B>>>,
  options: OpOptions = {},
): Tensor<Broadcast<ShapeOf<A>, ShapeOf<B>>, OperandDType<A, B>> {
  const [x, y] = toTensors("floorMod", a, b);
  return apply(FloorMod, { a: x, b: y }, {}, options);
}
