import type { AxisProblem, Checked } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { alongLastAxis } from "./shared/last-axis.ts";
import { requireDType, requireRank } from "./shared/requirements.ts";
import type { SoftmaxOptions } from "./softmax.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";

export const LogSoftmax: OpDef<"LogSoftmax", ["logits"]> = defineOp({
  name: "LogSoftmax",
  inputs: ["logits"],
  inPlace: ["logits"],
  infer: ({ logits }) => {
    requireDType("logits", logits, "float32");
    requireRank("logits", logits, { atLeast: 1 });
    return logits;
  },
  gradient: ({ y, dy }, ops) => ({
    logits: ops.sub(dy, ops.mul(ops.exp(y), ops.reduceSum(dy, { axis: -1, keepDims: true }))),
  }),
});

/**
 * The logarithm of `softmax`: y = x - max x - log sum exp(x - max x), which does not underflow.
 *
 * @param logits float32 `[...batch, classes]`, rank 1 or more.
 * @returns same shape; every element <= 0, in nats.
 * @throws ShapeError when logits is a scalar. @throws ValueError when there is no such axis.
 */
export function logSoftmax<const X extends TensorLike, const Axis extends number = -1>(
  logits: Checked<X, AxisProblem<"logSoftmax", ShapeOf<X>, Axis>>,
  options: SoftmaxOptions<Axis> = {},
): Tensor<ShapeOf<X>, "float32"> {
  requireOptions("logSoftmax", options, "axis");
  const result = alongLastAxis("logSoftmax", toTensor(logits), options.axis ?? -1, (rows) =>
    apply(LogSoftmax, { logits: rows }, {}, options),
  );
  return result as Tensor<ShapeOf<X>, "float32">;
}
