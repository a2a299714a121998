import { NumericsError, ValueError } from "../core/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Session } from "../runtime/session.ts";
import type { Batch, BatchSource } from "./batch-source.ts";
import { type ClassificationMetrics, MetricsCounter, probabilitiesOf } from "./metrics.ts";

/** A network that is used: what `tf.models` return, what `tf.train.fit` gives back. */
export interface Classifier {
  /** float32 `[batch, height, width, channels]`. */
  readonly images: Tensor;
  /** `[batch, classes]`. */
  readonly logits: Tensor;
}

/** One image's result. */
export interface Prediction {
  /** Number of the image in its source, or in the order of the batches. */
  readonly index: number;
  readonly label: number;
  /** `[classes]`. */
  readonly probabilities: Float64Array;
}

export interface EvaluateOptions {
  readonly session: Session;
  readonly network: Classifier;
  /** All that iterating them gives; when it ends early, those that can are put back to where they were. */
  readonly data: AsyncIterable<Batch> & Partial<Pick<BatchSource, "state" | "restore">>;
  /** Told of every image. */
  readonly onPrediction?: (prediction: Prediction, batch: Batch, row: number) => void;
  /** Ends it after the batch under way. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a network over all batches and counts what it gets right.
 * @throws ValueError for a label that is no class of the network; NumericsError when what it makes of an image is no number;
 * the signal's reason once that is aborted.
 */
export async function evaluate(options: EvaluateOptions): Promise<ClassificationMetrics> {
  const { data } = options;
  const start = data.state?.();
  try {
    return await evaluateAll(options);
  } catch (error) {
    if (start !== undefined) data.restore?.(start);
    throw error;
  }
}

async function evaluateAll(options: EvaluateOptions): Promise<ClassificationMetrics> {
  const { session, network, data, onPrediction, signal } = options;
  signal?.throwIfAborted();
  const classes = network.logits.shape[1] ?? 0;
  const counter = new MetricsCounter(classes);
  let before = 0;
  for await (const batch of data) {
    requireLabels(batch, classes);
    const { views = 1 } = batch;
    const logits = (await session.run(network.logits, [[network.images, batch.images]])).data;
    for (let row = 0; row < batch.size; row++) {
      const own = logits.subarray(row * views * classes, (row + 1) * views * classes);
      const label = batch.labels[row] ?? 0;
      const probabilities = probabilitiesOf(own, views, classes);
      const index = batch.indices?.[row] ?? before + row;
      if (probabilities.some(Number.isNaN)) throw noNumbers(index, own);
      counter.add(probabilities, label);
      onPrediction?.({ index, label, probabilities }, batch, row);
    }
    before += batch.size;
    batch.release?.();
    signal?.throwIfAborted();
  }
  return counter.result();
}

/** Softmax makes NaN of a NaN and of an infinity. */
function noNumbers(index: number, logits: ArrayLike<number>): NumericsError {
  const shown = Array.from(logits).slice(0, 5).join(", ");
  return new NumericsError({
    problem: `evaluate: what the network makes of image ${index} is no number.`,
    operands: [{ name: "logits", value: `[${shown}${logits.length > 5 ? ", ..." : ""}]` }],
    fix: "look for NaN and infinity in its weights, which a learning rate that was too high leaves behind, and in the image.",
  });
}

/** @throws ValueError for a label that is no class of the network. */
export function requireLabels({ labels }: Batch, classes: number): void {
  const wrong = labels.find((label) => label < 0 || label >= classes);
  if (wrong === undefined) return;
  throw new ValueError({
    problem: `a label is ${wrong}, the network has ${classes} classes.`,
    fix: `labels are whole numbers from 0 to ${classes - 1}: build the network with more classes, or look at the data.`,
  });
}
