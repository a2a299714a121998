import * as tf from "millrace";
import { AMOUNTS, type Arm } from "./arms.ts";
import type { Config } from "./config.ts";
import { type ExperimentData, measuredBatches } from "./data.ts";
import { miniatureAlexnet } from "./network.ts";
import type { Point, RunRecord } from "./records.ts";
import { stretchesOf } from "./stretches.ts";
import type { UnfinishedRun } from "./unfinished-run.ts";

/** A run to be done. */
export interface PlannedRun extends Omit<RunRecord, "diverged" | "points"> {
  readonly steps: number;
}

export interface TrainingSurroundings {
  readonly config: Config;
  readonly data: ExperimentData;
  readonly backend: tf.Backend;
  /** Ends the run after the step under way. */
  readonly signal?: AbortSignal;
  readonly unfinished?: UnfinishedRun;
  readonly onStep?: (step: number) => void;
  /** Told of every batch, for tests. */
  readonly onBatch?: (batch: tf.train.Batch) => void;
}

/**
 * The images that an arm trains on with a seed, in the order that their batches are drawn from: all arms with the same
 * amount have the same ones, and those with fewer images have the first of them.
 */
export function trainingImages({ data, config }: TrainingSurroundings, arm: Arm, seed: number): tf.data.ImageSource {
  const order = new tf.data.RandomStream(seed, "split").permutation(data.train.size);
  return tf.data.subset(data.train, order.subarray(0, config.sizes[AMOUNTS.indexOf(arm.amount)]));
}

/** Trains one network; null when it was stopped before its end. */
export async function trainArm(
  arm: Arm,
  planned: PlannedRun,
  surroundings: TrainingSurroundings,
): Promise<RunRecord | null> {
  const { config, data, backend, signal, unfinished, onStep, onBatch } = surroundings;
  const { steps, ...record } = planned;
  const { seed, learningRate, purpose } = record;
  const images = trainingImages(surroundings, arm, seed);
  const probe = await measuredBatches(images, config.probeImages, data.preset);
  const heldOut = data.measured[purpose === "trial" ? "validation" : "test"];
  await using batches = new tf.data.ImageBatches(images, {
    batchSize: config.batchSize,
    shuffle: true,
    dropRemainder: true,
    seed,
    transforms: arm.augmentation ? data.preset.train : data.preset.evaluate,
  });
  const points: Point[] = [];
  await using session = new tf.Session({ graph: new tf.Graph(), backend });
  let network: tf.train.Classifier | null = null;
  const measure: tf.train.FitCallback = {
    onStart: (run) => {
      network = run.network;
    },
    onStep: ({ step }) => onStep?.(step),
    onEpoch: async ({ step }) => {
      const train = await tf.train.evaluate({ session, network: network!, data: inTurn(probe) });
      const other = await tf.train.evaluate({ session, network: network!, data: inTurn(heldOut) });
      points.push({
        step,
        trainError: 1 - train.accuracy,
        trainLoss: train.loss,
        heldOutError: 1 - other.accuracy,
        heldOutLoss: other.loss,
      });
    },
  };
  try {
    const result = await tf.train.fit({
      session,
      data: seen(stretchesOf(batches, config.stepsPerPoint), onBatch),
      network: (inputs) => miniatureAlexnet(inputs, data.classes.length, arm),
      optimizer: (rate) => new tf.train.MomentumOptimizer(rate, config.momentum),
      learningRate: scheduleOf(learningRate, steps),
      weightDecay: config.weightDecay,
      clipNorm: config.clipNorm,
      steps,
      seed,
      callbacks: [measure],
      ...(signal === undefined ? {} : { signal }),
      ...(unfinished === undefined ? {} : { checkpoints: unfinished.storeFor(planned, points, signal), resume: true }),
    });
    return result.steps < steps ? null : { ...record, diverged: false, points };
  } catch (error) {
    // The loss is no number any more: a result, too.
    if (!(error instanceof tf.NumericsError)) throw error;
    return { ...record, diverged: true, points };
  }
}

/** A fiftieth of the steps upwards, then along a cosine to zero: every network ends at rest, whatever its rate. */
function scheduleOf(rate: number, steps: number): tf.train.Schedule {
  const decay = tf.train.cosineDecay(rate, { duration: steps, unit: "step" });
  return tf.train.warmUp(decay, { duration: Math.max(steps / 50, 1), unit: "step" });
}

async function* inTurn(batches: readonly tf.train.Batch[]): AsyncGenerator<tf.train.Batch, void, undefined> {
  yield* batches;
}

/** The same batches, shown to somebody. */
function seen(source: tf.train.BatchSource, show: TrainingSurroundings["onBatch"]): tf.train.BatchSource {
  if (show === undefined) return source;
  return {
    ...source,
    async *[Symbol.asyncIterator]() {
      for await (const batch of source) {
        show(batch);
        yield batch;
      }
    },
  };
}
