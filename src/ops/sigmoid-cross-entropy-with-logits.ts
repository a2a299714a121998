import type { Checked, Merge, MergeProblem } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireDType, requireSameShapeAndDType } from "./shared/requirements.ts";
import { type ShapeOf, type TensorLike, toTensors } from "./shared/to-tensor.ts";

export const SigmoidCrossEntropyWithLogits: OpDef<"SigmoidCrossEntropyWithLogits", ["labels", "logits"]> = defineOp({
  name: "SigmoidCrossEntropyWithLogits",
  inputs: ["labels", "logits"],
  inPlace: ["labels", "logits"],
  infer: ({ labels, logits }) => {
    requireDType("labels", labels, "float32");
    requireDType("logits", logits, "float32");
    requireSameShapeAndDType({ logits, labels });
    return { shape: logits.shape.map((dimension, axis) => dimension ?? labels.shape[axis]!), dtype: "float32" };
  },
  gradient: ({ inputs: { labels, logits }, dy }, ops) => ({
    labels: ops.neg(ops.mul(dy, logits)),
    logits: ops.mul(dy, ops.sub(ops.sigmoid(logits), labels)),
  }),
});

/**
 * Cross-entropy between labels and the sigmoid of the logits, for every element on its own (classes that do not exclude
 * each other): loss = max(x, 0) - x z + log(1 + exp(-|x|)) for logits x and labels z, which neither overflows nor loses
 * small losses.
 *
 * @param labels float32, probabilities from 0 to 1. @param logits float32 of the same shape.
 * @returns the same shape, in nats.
 * @throws ShapeError when the shapes differ.
 * @see TensorFlow, tf.nn.sigmoid_cross_entropy_with_logits.
 */
export function sigmoidCrossEntropyWithLogits<const Labels extends TensorLike, const Logits extends TensorLike>(
  labels: Labels,
  logits: Checked<Logits, MergeProblem<"sigmoidCrossEntropyWithLogits", ShapeOf<Labels>, ShapeOf<Logits>>>,
  options: OpOptions = {},
): Tensor<Merge<ShapeOf<Labels>, ShapeOf<Logits>>, "float32"> {
  const [wanted, given] = toTensors("sigmoidCrossEntropyWithLogits", labels, logits);
  return apply(SigmoidCrossEntropyWithLogits, { labels: wanted, logits: given }, {}, options);
}
