import type { Operation } from "../graph/operation.ts";
import type { Tensor } from "../graph/tensor.ts";
import { assignMovingAverage, type MovingAverageOptions } from "./assign-moving-average.ts";
import type { BatchNormResult } from "./fused-batch-norm.ts";
import { group } from "./no-op.ts";
import { requireOptions } from "./shared/require-options.ts";

/**
 * Moves the running mean and variance of a batch normalization towards those of the batch. Run the operation with the
 * training step: `tf.group(trainStep, update)`.
 *
 * @param running two variables `[channels]`, not trainable. @param batch what `fusedBatchNorm` returned when training.
 * @returns an operation.
 */
export function updateRunningStatistics(
  running: { readonly mean: Tensor; readonly variance: Tensor },
  batch: Pick<BatchNormResult, "batchMean" | "batchVariance">,
  options: MovingAverageOptions = {},
): Operation {
  requireOptions("updateRunningStatistics", options, "decay");
  return group(
    assignMovingAverage(running.mean, batch.batchMean, options),
    assignMovingAverage(running.variance, batch.batchVariance, options),
  );
}
