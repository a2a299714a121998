/** `tf.train`: optimizers and what belongs to training steps. */
export { AdagradOptimizer, type AdagradOptions } from "./adagrad.ts";
export { trainedValue } from "./average.ts";
export { AdamOptimizer, type AdamOptions, AdamWOptimizer, type AdamWOptions } from "./adam.ts";
export { getOrCreateGlobalStep } from "./global-step.ts";
export { GradientDescentOptimizer } from "./gradient-descent.ts";
export { MomentumOptimizer, type MomentumOptions } from "./momentum.ts";
export {
  type ApplyGradientsOptions,
  type ComputeGradientsOptions,
  type GradientAndVariable,
  type MinimizeOptions,
  Optimizer,
  type Scalar,
} from "./optimizer.ts";
export { restoreNetwork, Saver, type SaverOptions } from "./restore.ts";
export { RMSPropOptimizer, type RMSPropOptions } from "./rms-prop.ts";
export {
  arrayBatches,
  type ArrayBatchesOptions,
  type Batch,
  type BatchPosition,
  type BatchSource,
} from "./batch-source.ts";
export {
  type Checkpoint,
  checkpointPieces,
  type CheckpointStore,
  isCheckpoint,
  parseCheckpoint,
} from "./checkpoint.ts";
export { type Classifier, evaluate, type EvaluateOptions, type Prediction } from "./evaluate.ts";
export { fit } from "./fit.ts";
export type {
  EarlyStopping,
  EpochReport,
  FitCallback,
  FitOptions,
  FitResult,
  FitRun,
  StepReport,
  ValidationReport,
} from "./fit-options.ts";
export type { Best, EpochRecord, FitState } from "./fit-state.ts";
export { type ClassificationMetrics, type ClassMetrics, MetricsCounter } from "./metrics.ts";
export {
  constantRate,
  cosineDecay,
  exponentialDecay,
  type Moment,
  multiStepDecay,
  type PlateauOptions,
  polynomialDecay,
  reduceOnPlateau,
  type Schedule,
  type ScheduleUnit,
  stepDecay,
  warmUp,
} from "./schedules.ts";
export type { BuildNetwork, Network, TrainingGraph, TrainingGraphOptions } from "./training-graph.ts";
