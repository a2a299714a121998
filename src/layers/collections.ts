import type { Operation } from "../graph/operation.ts";
import type { Tensor } from "../graph/tensor.ts";
import { getDefaultGraph, type Graph } from "../graph/graph.ts";
import { addN, constant, l2Loss, mul } from "../ops/index.ts";
import { isReusing } from "./variables.ts";

/** Names of the graph collections that layers add to, as in TensorFlow. */
export const REGULARIZATION_LOSSES = "regularization_losses";
export const UPDATE_OPS = "update_ops";

/** Makes a term of the loss from a layer's weights. */
export type Regularizer = (weights: Tensor) => Tensor;

/** `scale` times half the sum of squares: its gradient is `scale` times the weights. */
export function l2Regularizer(scale: number): Regularizer {
  return (weights) => mul(l2Loss(weights), scale);
}

/** Adds a term of the loss; the same weights in a second build of the network add none. */
export function regularize(weights: Tensor, regularizer: Regularizer | undefined): void {
  if (regularizer === undefined || isReusing()) return;
  weights.graph.addToCollection(REGULARIZATION_LOSSES, regularizer(weights));
}

/** The sum of all layers' regularization terms: add it to the loss (`tf.train.fit` does). 0 when there are none. */
export function regularizationLoss(graph: Graph = getDefaultGraph()): Tensor {
  const terms = graph.getCollection(REGULARIZATION_LOSSES) as readonly Tensor[];
  return graph.asDefault(() => (terms.length === 0 ? constant(0, { dtype: "float32" }) : addN(terms)));
}

/** Updates of running statistics, to be run with every training step. */
export function updateOps(graph: Graph = getDefaultGraph()): readonly Operation[] {
  return graph.getCollection(UPDATE_OPS) as readonly Operation[];
}
