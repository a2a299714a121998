import type { Broadcast, BroadcastProblem, Checked } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferComparison, NUMERIC } from "./shared/infer-elementwise.ts";
import { type ShapeOf, type TensorLike, toTensors } from "./shared/to-tensor.ts";

export const GreaterEqual: OpDef<"GreaterEqual", ["a", "b"]> = defineOp({
  name: "GreaterEqual",
  inputs: ["a", "b"],
  infer: (inputs) => inferComparison(inputs, NUMERIC),
  gradient: null,
});

/**
 * a >= b, with broadcasting. Comparisons with NaN are false.
 *
 * @param a, b any numeric dtype, the same for both; shapes that broadcast.
 * @returns bool of the broadcast shape.
 * @throws ShapeError when the shapes do not broadcast. @throws DTypeError when the dtypes differ or have no greaterEqual.
 */
export function greaterEqual<const A extends TensorLike, const B extends TensorLike>(
  a: A,
  b: Checked<B, BroadcastProblem<"greaterEqual", ShapeOf<A>, ShapeOf<B>>>,
  options: OpOptions = {},
): Tensor<Broadcast<ShapeOf<A>, ShapeOf<B>>, "bool"> {
  const [x, y] = toTensors("greaterEqual", a, b);
  return apply(GreaterEqual, { a: x, b: y }, {}, options);
}
