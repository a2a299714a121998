import type { Tensor } from "../graph/tensor.ts";
import { fusedBatchNorm, ones, updateRunningStatistics, type Variable, zeros } from "../ops/index.ts";
import { UPDATE_OPS } from "./collections.ts";
import { lastDimension, requireArguments, requireTraining } from "./requirements.ts";
import { inLayer, layerVariable } from "./variables.ts";

export interface BatchNormalizationOptions {
  /** Whether the batch's own statistics are used, and the running ones moved; default false. */
  readonly training?: boolean;
  /** How much of the running statistics stays at each step; default 0.99. */
  readonly momentum?: number;
  /** Keeps the divisor away from 0; default 0.001. */
  readonly epsilon?: number;
  readonly name?: string;
}

/**
 * Batch normalization over all axes but the last: variables `gamma`, `beta`, and not trainable `moving_mean`,
 * `moving_variance`, whose updates are in the collection `update_ops`.
 * @param x float32 `[batch, ..., channels]`, channels known.
 * @throws ValueError when `training` is no boolean.
 */
export function batchNormalization(x: Tensor, options: BatchNormalizationOptions = {}): Tensor {
  requireArguments("batchNormalization", x, options, "training");
  const { training = false, momentum = 0.99, epsilon = 1e-3, name = "batch_normalization" } = options;
  requireTraining("layers.batchNormalization", training);
  const channels = lastDimension("batchNormalization", x);
  return inLayer(x, name, () => {
    const { scale, offset, mean, variance } = normalizationVariables(channels);
    const result = fusedBatchNorm(x, scale, offset, { mean, variance, epsilon, isTraining: training });
    if (training) {
      const update = updateRunningStatistics({ mean, variance }, result, { decay: momentum });
      x.graph.addToCollection(UPDATE_OPS, update);
    }
    return result.y;
  });
}

export interface NormalizationVariables {
  readonly scale: Variable;
  readonly offset: Variable;
  readonly mean: Variable;
  readonly variance: Variable;
}

/** What a batch normalization learns, and the running statistics, which are not trainable. */
export function normalizationVariables(channels: number): NormalizationVariables {
  const shape = [channels];
  return {
    scale: layerVariable({ name: "gamma", shape, initial: () => ones(shape) }),
    offset: layerVariable({ name: "beta", shape, initial: () => zeros(shape) }),
    mean: layerVariable({ name: "moving_mean", shape, trainable: false, initial: () => zeros(shape) }),
    variance: layerVariable({ name: "moving_variance", shape, trainable: false, initial: () => ones(shape) }),
  };
}
