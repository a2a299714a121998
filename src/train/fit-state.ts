import type { BatchPosition } from "./batch-source.ts";

/** An epoch as it went. */
export interface EpochRecord {
  /** From 1. */
  readonly epoch: number;
  /** Steps so far. */
  readonly step: number;
  readonly learningRate: number;
  /** Means over the epoch, while the weights changed. */
  readonly loss: number;
  readonly accuracy: number;
  /** Of the validation data, when there are any. */
  readonly validation?: { readonly loss: number; readonly accuracy: number; readonly top5: number };
}

/** Sums over batches. */
export interface EpochSums {
  readonly loss: number;
  readonly correct: number;
  readonly images: number;
  readonly batches: number;
}

/** The best epoch so far. */
export interface Best {
  readonly epoch: number;
  readonly step: number;
  /** The monitored value. */
  readonly value: number;
}

/** Where a run is, beside its variables. Plain JSON. */
export interface FitState {
  /** Times the weights were updated. */
  readonly step: number;
  /** Epochs that have ended. */
  readonly epoch: number;
  /** Batches of the step under way that have been run, with `accumulate`. */
  readonly stage: number;
  /** Of the training data. */
  readonly data: BatchPosition | null;
  /** The graph's seed. */
  readonly seed: number;
  /** How often each random operation has run. */
  readonly randomRuns: Readonly<Record<string, number>>;
  readonly schedule: unknown;
  /** Over the epoch so far. */
  readonly sums: EpochSums;
  /** Over the step under way, with `accumulate`. */
  readonly stepSums: EpochSums;
  readonly best: Best | null;
  /** Epochs since the best one. */
  readonly waited: number;
  readonly history: readonly EpochRecord[];
  /** Whether the run was stopped between the last batch of an epoch and the end of its validation. */
  readonly isValidating?: boolean;
  /** Whether early stopping has ended the run. */
  readonly stoppedEarly: boolean;
  /** What the caller wants to be the same when the run goes on. */
  readonly configuration: unknown;
}

export const NO_SUMS: EpochSums = { loss: 0, correct: 0, images: 0, batches: 0 };
