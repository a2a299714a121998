import { dimensionsAgree } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import { OpProblem } from "../graph/problem.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireDType, requireRank, requireValue } from "./shared/requirements.ts";
import { type ShapeOf, type TensorLike, toTensor, toTensorOf } from "./shared/to-tensor.ts";

export interface InTopKAttrs {
  readonly k: number;
}

export const InTopK: OpDef<"InTopK", ["predictions", "targets"], InTopKAttrs> = defineOp({
  name: "InTopK",
  inputs: ["predictions", "targets"],
  infer: ({ predictions, targets }, { k }) => {
    requireDType("predictions", predictions, "float32");
    requireDType("targets", targets, "int32");
    requireRank("predictions", predictions, 2, "batch, classes");
    requireRank("targets", targets, 1, "batch");
    requireValue(Number.isInteger(k), `k is ${k}.`, "use an integer.");
    const [batch = null] = predictions.shape;
    const [count = null] = targets.shape;
    if (!dimensionsAgree(batch, count)) {
      throw new OpProblem("shape", "predictions and targets disagree on the batch.", {
        notes: { predictions: `batch = ${batch}, classes`, targets: `batch = ${count}` },
        fix: "pass one target for each row of predictions.",
      });
    }
    return { shape: [batch ?? count], dtype: "bool" };
  },
  gradient: null,
});

/**
 * Whether the target class is among the k most probable ones. Classes that tie at the boundary are all in.
 *
 * False for a target outside 0 .. classes - 1, and for rows where a prediction is NaN or infinite, as in TensorFlow.
 *
 * @param predictions float32 `[batch, classes]`, in any unit that grows with probability.
 * @param targets int32 `[batch]`, class numbers.
 * @returns bool `[batch]`.
 * @throws ShapeError, DTypeError when they do not fit together.
 */
export function inTopK<const P extends TensorLike, const T extends TensorLike>(
  predictions: P,
  targets: T,
  k: number,
  options: OpOptions = {},
): Tensor<ShapeOf<T>, "bool"> {
  const scores = toTensor(predictions);
  const classes = toTensorOf(targets, "int32", "inTopK: targets", scores.graph);
  return apply(InTopK, { predictions: scores, targets: classes }, { k }, options);
}
