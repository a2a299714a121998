/** Losses over classes, which are the last axis. */
import type { Shape } from "../shape.ts";
import type { Merge, MergeProblem, Same } from "./broadcast.ts";
import type { DropLast, Rankless, ShapeText } from "./dim.ts";

/**
 * The shape of the loss of labels that are distributions: one value a row.
 *
 * @example SoftmaxCrossEntropy<[null, 10], [32, 10]> // [32]
 */
export type SoftmaxCrossEntropy<Labels extends Shape, Logits extends Shape> = DropLast<Merge<Labels, Logits>>;

/**
 * Why labels and logits do not fit, or undefined.
 *
 * @example SoftmaxCrossEntropyProblem<[8, 10], [8, 12]>
 * // "softmaxCrossEntropy: labels and logits: shapes [8, 10] and [8, 12] differ"
 */
export type SoftmaxCrossEntropyProblem<Labels extends Shape, Logits extends Shape> =
  Rankless<Logits> extends true
    ? undefined
    : Logits["length"] extends 0
      ? "softmaxCrossEntropy: logits need a last axis of classes"
      : MergeProblem<"softmaxCrossEntropy: labels and logits", Labels, Logits>;

/**
 * The shape of the loss of labels that are class numbers: that of the labels.
 *
 * @example SparseSoftmaxCrossEntropy<[32], [null, 10]> // [32]
 */
export type SparseSoftmaxCrossEntropy<Labels extends Shape, Logits extends Shape> = Merge<Labels, DropLast<Logits>>;

/**
 * Why labels and logits do not fit, or undefined.
 *
 * @example SparseSoftmaxCrossEntropyProblem<[8, 10], [8, 10]>
 * // "sparseSoftmaxCrossEntropy: labels [8, 10] are not logits [8, 10] without the last axis"
 */
export type SparseSoftmaxCrossEntropyProblem<Labels extends Shape, Logits extends Shape> = true extends
  | Rankless<Labels>
  | Rankless<Logits>
  ? undefined
  : Logits["length"] extends 0
    ? "sparseSoftmaxCrossEntropy: logits need a last axis of classes"
    : Same<Labels, DropLast<Logits>> extends true
      ? undefined
      : `sparseSoftmaxCrossEntropy: labels ${ShapeText<Labels>} are not logits ${ShapeText<Logits>} without the last axis`;
