import type { Broadcast, BroadcastProblem, Checked } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferBinary, SIGNED } from "./shared/infer-elementwise.ts";
import { type OperandDType, type ShapeOf, type TensorLike, toTensors } from "./shared/to-tensor.ts";

export const FloorDiv: OpDef<"FloorDiv", ["a", "b"]> = defineOp({
  name: "FloorDiv",
  inputs: ["a", "b"],
  inPlace: ["a", "b"],
  infer: (inputs) => inferBinary(inputs, SIGNED),
  // Zero wherever it exists.
  gradient: null,
});

/**
 * floor(a / b), with broadcasting: rounds towards -infinity, as Python does. An int32 divided by 0 gives 0 (TensorFlow
 * stops with an error).
 *
 * @param a, b float32 or int32, the same for both; shapes that broadcast.
 * @returns the broadcast shape.
 * @throws ShapeError when the shapes do not broadcast. @throws DTypeError when the dtypes differ or have no floorDiv.
 */
export function floorDiv<const A extends TensorLike, const B extends TensorLike>(
  a: A,
  b: Checked<B, BroadcastProblem<"floorDiv", ShapeOf<A>, ShapeOf<B>>>,
  options: OpOptions = {},
): Tensor<Broadcast<ShapeOf<A>, ShapeOf<B>>, OperandDType<A, B>> {
  const [x, y] = toTensors("floorDiv", a, b);
  return apply(FloorDiv, { a: x, b: y }, {}, options);
}
