import type { AxisProblem, Checked } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { alongLastAxis } from "./shared/last-axis.ts";
import { requireDType, requireRank } from "./shared/requirements.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";

export const Softmax: OpDef<"Softmax", ["logits"]> = defineOp({
  name: "Softmax",
  inputs: ["logits"],
  inPlace: ["logits"],
  infer: ({ logits }) => {
    requireDType("logits", logits, "float32");
    requireRank("logits", logits, { atLeast: 1 });
    return logits;
  },
  // The Jacobian is diag(y) - y yᵀ, so dx = (dy - Σ dy·y) · y: it needs y, never the logits.
  gradient: ({ y, dy }, ops) => ({
    logits: ops.mul(ops.sub(dy, ops.reduceSum(ops.mul(dy, y), { axis: -1, keepDims: true })), y),
  }),
});

export interface SoftmaxOptions<Axis extends number = number> extends OpOptions {
  /** The axis of the classes; default -1, the last. */
  readonly axis?: Axis | undefined;
}

/**
 * Softmax over one axis: y = exp(x - max x) / sum exp(x - max x).
 *
 * @param logits float32 `[...batch, classes]`, unnormalised log-probabilities in nats; rank 1 or more.
 * @returns same shape; every row is >= 0 and sums to 1. NaN throughout a row that holds a NaN or +infinity, or nothing
 * but -infinity.
 * @throws ShapeError when logits is a scalar. @throws ValueError when there is no such axis.
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), section 4.1, for why the maximum is subtracted.
 */
export function softmax<const X extends TensorLike, const Axis extends number = -1>(
  logits: Checked<X, AxisProblem<"softmax", ShapeOf<X>, Axis>>,
  options: SoftmaxOptions<Axis> = {},
): Tensor<ShapeOf<X>, "float32"> {
  requireOptions("softmax", options, "axis");
  const result = alongLastAxis("softmax", toTensor(logits), options.axis ?? -1, (rows) =>
    apply(Softmax, { logits: rows }, {}, options),
  );
  return result as Tensor<ShapeOf<X>, "float32">;
}
