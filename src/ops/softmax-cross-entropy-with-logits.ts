import type { Checked, SoftmaxCrossEntropy, SoftmaxCrossEntropyProblem } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireDType, requireRank, requireSameShapeAndDType } from "./shared/requirements.ts";
import { type ShapeOf, type TensorLike, toTensors } from "./shared/to-tensor.ts";

/** Outputs: the loss of every row, and `backprop`, the loss's gradient by the logits, which costs nothing extra here. */
export const SoftmaxCrossEntropyWithLogits: OpDef<"SoftmaxCrossEntropyWithLogits", ["labels", "logits"]> = defineOp({
  name: "SoftmaxCrossEntropyWithLogits",
  inputs: ["labels", "logits"],
  infer: ({ labels, logits }) => {
    requireDType("labels", labels, "float32");
    requireDType("logits", logits, "float32");
    requireRank("logits", logits, { atLeast: 1 }, "..., classes");
    requireSameShapeAndDType({ logits, labels });
    const shape = logits.shape.map((dimension, axis) => dimension ?? labels.shape[axis]!);
    return [
      { shape: shape.slice(0, -1), dtype: "float32" },
      { shape, dtype: "float32" },
    ];
  },
  gradient: ({ inputs: { labels, logits }, ys, dys }, ops) => {
    const gradients: { labels: Tensor[]; logits: Tensor[] } = { labels: [], logits: [] };
    const [dLoss, dBackprop] = dys;
    if (dLoss) {
      const dRows = ops.expandDims(dLoss, -1);
      gradients.logits.push(ops.mul(dRows, ys[1]!));
      gradients.labels.push(ops.neg(ops.mul(dRows, ops.logSoftmax(logits))));
    }
    if (dBackprop) {
      // backprop = Σ labels · softmax - labels, differentiated once more.
      const probabilities = ops.softmax(logits);
      const mean = ops.reduceSum(ops.mul(dBackprop, probabilities), { axis: -1, keepDims: true });
      const total = ops.reduceSum(labels, { axis: -1, keepDims: true });
      gradients.logits.push(ops.mul(total, ops.mul(probabilities, ops.sub(dBackprop, mean))));
      gradients.labels.push(ops.sub(mean, dBackprop));
    }
    return { labels: ops.addN(gradients.labels), logits: ops.addN(gradients.logits) };
  },
});

/**
 * Cross-entropy between labels that are distributions and the softmax of the logits, for every row:
 * loss = -sum over classes of labels * log softmax(logits).
 *
 * Gradients flow into the logits and, as in TensorFlow's version 2 of this op, into the labels (`stopGradient` keeps
 * them out). TensorFlow gives softmax - labels as the gradient of the logits whatever the labels sum to; here it is
 * the loss's own gradient for any labels, which is the same when they sum to 1.
 *
 * @param labels float32 `[...batch, classes]`, each row >= 0 and summing to 1.
 * @param logits float32 `[...batch, classes]`, unnormalised log-probabilities. A class with label 0 adds nothing, even
 * at -infinity.
 * @returns `[...batch]`, in nats.
 * @throws ShapeError when the shapes differ or logits is a scalar.
 * @see TensorFlow, tf.nn.softmax_cross_entropy_with_logits_v2.
 */
export function softmaxCrossEntropyWithLogits<const Labels extends TensorLike, const Logits extends TensorLike>(
  labels: Labels,
  logits: Checked<Logits, SoftmaxCrossEntropyProblem<ShapeOf<Labels>, ShapeOf<Logits>>>,
  options: OpOptions = {},
): Tensor<SoftmaxCrossEntropy<ShapeOf<Labels>, ShapeOf<Logits>>, "float32"> {
  const [wanted, given] = toTensors("softmaxCrossEntropyWithLogits", labels, logits);
  return apply(SoftmaxCrossEntropyWithLogits, { labels: wanted, logits: given }, {}, options);
}
