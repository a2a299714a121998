import type { Tensor } from "../../graph/tensor.ts";
import type { Ops } from "./define-op.ts";

/** The gradient of `reduceMax` and `reduceMin`: dy goes to the elements equal to y, in equal parts. */
export function extremumGradient(
  { x, axes, y, dy }: { readonly x: Tensor; readonly axes: readonly number[]; readonly y: Tensor; readonly dy: Tensor },
  ops: Ops,
): Tensor {
  const ties = ops.cast(ops.equal(x, y), "float32");
  const count = ops.reduceSum(ties, { axis: axes, keepDims: true });
  return ops.mul(ties, ops.div(dy, count));
}
