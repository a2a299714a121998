import type { Broadcast, BroadcastProblem, Checked } from "../core/shape-types.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, type OpOptions } from "./shared/define-op.ts";
import { NotEqual } from "./not-equal.ts";
import { type ShapeOf, type TensorLike, toTensorOf, toTensors } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";

/**
 * Whether exactly one is true, with broadcasting. Of booleans that is `notEqual`, so it has no op of its own.
 *
 * @param a, b bool; shapes that broadcast.
 * @returns bool of the broadcast shape.
 * @throws ShapeError when the shapes do not broadcast. @throws DTypeError when one is not bool.
 */
export function logicalXor<const A extends TensorLike, const B extends TensorLike>(
  a: A,
  b: Checked<B, BroadcastProblem<"logicalXor", ShapeOf<A>, ShapeOf<B>>>,
  options: OpOptions = {},
): Tensor<Broadcast<ShapeOf<A>, ShapeOf<B>>, "bool"> {
  requireOptions("logicalXor", options);
  const [x, y] = toTensors("logicalXor", a, b);
  const operands = { a: toTensorOf(x, "bool", "logicalXor: a"), b: toTensorOf(y, "bool", "logicalXor: b") };
  return apply(NotEqual, operands, {}, { name: options.name ?? "LogicalXor" });
}
