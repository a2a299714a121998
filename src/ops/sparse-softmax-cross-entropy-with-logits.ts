import type { Checked, SparseSoftmaxCrossEntropy, SparseSoftmaxCrossEntropyProblem } from "../core/shape-types.ts";
import { formatShape, isCompatible } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import { OpProblem } from "../graph/problem.ts";
import { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireDType, requireRank } from "./shared/requirements.ts";
import { type ShapeOf, type TensorLike, toTensor, toTensorOf } from "./shared/to-tensor.ts";

/** Outputs: the loss of every row, and `backprop`, the loss's gradient by the logits, which costs nothing extra here. */
export const SparseSoftmaxCrossEntropyWithLogits: OpDef<"SparseSoftmaxCrossEntropyWithLogits", ["labels", "logits"]> =
  defineOp({
    name: "SparseSoftmaxCrossEntropyWithLogits",
    inputs: ["labels", "logits"],
    infer: ({ labels, logits }) => {
      requireDType("labels", labels, "int32");
      requireDType("logits", logits, "float32");
      requireRank("logits", logits, { atLeast: 1 }, "..., classes");
      const rows = logits.shape.slice(0, -1);
      if (!isCompatible(labels.shape, rows)) {
        throw new OpProblem("shape", "labels must have the shape of logits without the last axis.", {
          notes: { labels: "one class for each row", logits: "..., classes" },
          fix: `make labels ${formatShape(rows)}.`,
        });
      }
      const shape = rows.map((dimension, axis) => dimension ?? labels.shape[axis]!);
      return [
        { shape, dtype: "float32" },
        { shape: [...shape, logits.shape.at(-1)!], dtype: "float32" },
      ];
    },
    gradient: ({ inputs: { logits }, ys, dys }, ops) => {
      const gradients: Tensor[] = [];
      const [dLoss, dBackprop] = dys;
      if (dLoss) gradients.push(ops.mul(ops.expandDims(dLoss, -1), ys[1]!));
      if (dBackprop) {
        // backprop = softmax - one-hot labels, differentiated once more.
        const probabilities = ops.softmax(logits);
        const mean = ops.reduceSum(ops.mul(dBackprop, probabilities), { axis: -1, keepDims: true });
        gradients.push(ops.mul(probabilities, ops.sub(dBackprop, mean)));
      }
      return { labels: null, logits: ops.addN(gradients) };
    },
  });

/**
 * Cross-entropy between labels that are class numbers and the softmax of the logits, for every row:
 * loss = -log softmax(logits)[label].
 *
 * A label outside 0 .. classes - 1 makes its row's loss and gradient NaN, as TensorFlow does on GPUs (on CPUs it stops
 * the run).
 *
 * @param labels int32 `[...batch]`, numbers of classes.
 * @param logits float32 `[...batch, classes]`, unnormalised log-probabilities.
 * @returns `[...batch]`, in nats.
 * @throws ShapeError when labels do not have the shape of logits without the last axis. @throws DTypeError when labels
 * are not int32.
 * @see TensorFlow, tf.nn.sparse_softmax_cross_entropy_with_logits.
 */
export function sparseSoftmaxCrossEntropyWithLogits<const Labels extends TensorLike, const Logits extends TensorLike>(
  labels: Labels,
  logits: Checked<Logits, SparseSoftmaxCrossEntropyProblem<ShapeOf<Labels>, ShapeOf<Logits>>>,
  options: OpOptions = {},
): Tensor<SparseSoftmaxCrossEntropy<ShapeOf<Labels>, ShapeOf<Logits>>, "float32"> {
  const graph = labels instanceof Tensor ? labels.graph : undefined;
  const scores = toTensor(logits, undefined, graph);
  const classes = toTensorOf(labels, "int32", "sparseSoftmaxCrossEntropyWithLogits: labels", scores.graph);
  return apply(SparseSoftmaxCrossEntropyWithLogits, { labels: classes, logits: scores }, {}, options);
}
