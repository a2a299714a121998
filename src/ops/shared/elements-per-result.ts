import { isConcrete, sizeOf } from "../../core/shape.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { Ops } from "./define-op.ts";

/**
 * How many elements of `x` each element of a reduction over `axes` stands for. A number wherever the folded dimensions
 * are known; elsewhere a float32 scalar that the compiler folds from the shapes.
 *
 * @param y the reduction's result or its gradient.
 */
export function elementsPerResult(x: Tensor, axes: readonly number[], y: Tensor, ops: Ops): Tensor | number {
  const folded = axes.map((axis) => x.shape[axis] ?? null);
  if (isConcrete(folded)) return sizeOf(folded);
  return ops.div(ops.cast(ops.size(x), "float32"), ops.cast(ops.size(y), "float32"));
}
