import type { ClassificationMetrics } from "./metrics.ts";
import type { Session } from "../runtime/session.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { BatchSource } from "./batch-source.ts";
import type { CheckpointStore } from "./checkpoint.ts";
import type { Classifier, EvaluateOptions } from "./evaluate.ts";
import type { Best, EpochRecord } from "./fit-state.ts";
import type { Optimizer } from "./optimizer.ts";
import type { Schedule } from "./schedules.ts";
import type { TrainingGraph, TrainingGraphOptions } from "./training-graph.ts";

/** A step as it went. */
export interface StepReport {
  /** From 1. */
  readonly step: number;
  /** The one under way, from 1. */
  readonly epoch: number;
  /** Batches of the epoch so far. */
  readonly batch: number;
  readonly batchesPerEpoch: number | undefined;
  /** Images since the last report. */
  readonly images: number;
  readonly learningRate: number;
  /** Mean over the step's images. */
  readonly loss: number;
  readonly accuracy: number;
  readonly gradientNorm: number;
}

export interface EpochReport extends EpochRecord {
  /** Of the validation data, in full. */
  readonly metrics: ClassificationMetrics | null;
  readonly isBest: boolean;
}

/** What callbacks see of a run. */
export interface FitRun {
  readonly session: Session;
  readonly graph: TrainingGraph;
  /** The network as it is used, with averaged weights where they are kept. */
  readonly network: Classifier;
  /** Steps done before: above 0 when the run was resumed. */
  readonly firstStep: number;
  readonly epochs: number | undefined;
}

/** How far the validation of an epoch is. */
export interface ValidationReport {
  /** Counted from 1. */
  readonly epoch: number;
  /** That have been judged. */
  readonly images: number;
}

/** Functions that are told, and awaited, as a run goes on. */
export interface FitCallback {
  onStart?(run: FitRun): void | Promise<void>;
  onStep?(report: StepReport): void | Promise<void>;
  /** Not awaited: after every image of the validation data. */
  onValidation?(report: ValidationReport): void;
  onEpoch?(report: EpochReport): void | Promise<void>;
  onCheckpoint?(step: number): void | Promise<void>;
  /** Also when the run failed or was stopped. */
  onEnd?(): void | Promise<void>;
}

export interface EarlyStopping {
  /** The run ends after so many epochs without improvement, one after the other; at least 1. */
  readonly patience: number;
  /** What counts as an improvement; default 0. */
  readonly minDelta?: number;
}

export interface FitOptions extends Omit<TrainingGraphOptions, "optimizer"> {
  /** Trains in this session's graph. */
  readonly session: Session;
  /** Default: momentum 0.9. */
  readonly optimizer?: (learningRate: Tensor) => Optimizer;
  /** A number, or a schedule. */
  readonly learningRate: number | Schedule;
  readonly data: BatchSource;
  /** Height, width and channels; default: the data's. */
  readonly imageShape?: readonly [number, number, number];
  /** Evaluated after every epoch. */
  readonly validation?: EvaluateOptions["data"];
  /** Until so many epochs have ended; this, or `steps`, or both (what comes first). */
  readonly epochs?: number;
  readonly steps?: number;
  /** Decides initial weights and dropout; default: the graph's, or a new one. */
  readonly seed?: number;
  /** Called after the weights were initialized, to load others. Not called when the run is resumed. */
  readonly initialize?: (run: FitRun) => Promise<void>;
  /** What says which epoch is best, of the validation data if there are any; default `loss`. */
  readonly monitor?: "loss" | "accuracy";
  readonly earlyStopping?: EarlyStopping;
  readonly callbacks?: readonly FitCallback[];
  readonly checkpoints?: CheckpointStore;
  /** Also keeps a checkpoint every so many steps, not only at the end of epochs. */
  readonly checkpointEvery?: number;
  /** Goes on from the newest checkpoint, if there is one; default false. */
  readonly resume?: boolean;
  /** JSON that is kept in checkpoints; resuming with another is an error. */
  readonly configuration?: unknown;
  /** Ends the run after the step, or the validation's batch, under way, with a checkpoint. */
  readonly signal?: AbortSignal;
}

/** What training came to. */
export interface FitResult {
  readonly steps: number;
  readonly epochs: number;
  readonly history: readonly EpochRecord[];
  readonly best: Best | null;
  /** Why it ended. */
  readonly end: "finished" | "early stopping" | "aborted";
  /** The network as it is used: for `session.run`, `tf.train.evaluate`. */
  readonly network: Classifier;
  readonly graph: TrainingGraph;
}
