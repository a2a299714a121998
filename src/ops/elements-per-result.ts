import { isConcrete, sizeOf } from "../core/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Ops } from "./define-op.ts";

/**
 * How many elements of `x` each element of a reduction over `axes` stands for, as a float32 scalar. Known when the graph
 * is built wherever the folded dimensions are, and folded from shapes by the compiler elsewhere.
 *
 * @param y the reduction's result or its gradient.
 */
export function elementsPerResult(x: Tensor, axes: readonly number[], y: Tensor, ops: Ops): Tensor {
  const folded = axes.map((axis) => x.shape[axis] ?? null);
  if (isConcrete(folded)) return ops.fill([], sizeOf(folded), { name: "count" });
  return ops.div(ops.cast(ops.size(x), "float32"), ops.cast(ops.size(y), "float32"));
}
