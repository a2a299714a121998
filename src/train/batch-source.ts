import { ValueError } from "../core/errors.ts";
import { RandomStream } from "../data/random-stream.ts";

/** What a network is fed at one step. `tf.data`'s batches are such. */
export interface Batch {
  /** float32 `[size * views, height, width, channels]`. */
  readonly images: Float32Array;
  /** Classes, `[size]`. */
  readonly labels: Int32Array;
  /** Distributions over the classes, `[size, classes]`, where images were mixed: used in place of the labels. */
  readonly targets?: Float32Array;
  readonly size: number;
  /** Rows of one image, which are neighbours (ten crops); default 1. Their probabilities are averaged. */
  readonly views?: number;
  /** Numbers of the images in their source. */
  readonly indices?: Uint32Array;
  /** Called when the arrays are no longer read. */
  release?(): void;
}

/** Where in the data a training run is. */
export interface BatchPosition {
  readonly epoch: number;
  readonly position: number;
}

/**
 * Batches, epoch after epoch: iterating runs through what is left of the current epoch; once more, and it is the next.
 *
 * With `state` and `restore`, a run goes on in the middle of an epoch with the same batches. Without them it goes on at
 * the beginning of one, and is the same only when every epoch is.
 */
export interface BatchSource extends AsyncIterable<Batch> {
  /** Batches in an epoch, where that is known. */
  readonly batchesPerEpoch?: number | undefined;
  /** Height, width and channels. */
  readonly imageShape?: readonly [number, number, number] | undefined;
  /** Names of the classes. */
  readonly classes?: readonly string[] | undefined;
  state?(): BatchPosition;
  restore?(state: BatchPosition): void;
}

export interface ArrayBatchesOptions {
  /** Height, width and channels of an image. */
  readonly imageShape: readonly [number, number, number];
  readonly batchSize: number;
  /** A new order every epoch; default false. */
  readonly shuffle?: boolean;
  /** Decides the order; default 0. */
  readonly seed?: number;
  /** Leaves out a last batch that is not full; default false. */
  readonly dropRemainder?: boolean;
  readonly classes?: readonly string[];
}

/**
 * Images and labels in memory as batches.
 * @param images float32, `labels.length` images one after the other.
 * @throws ValueError when they do not fit together.
 */
export function arrayBatches(
  images: Float32Array,
  labels: Int32Array,
  options: ArrayBatchesOptions,
): BatchSource & Required<Pick<BatchSource, "state" | "restore" | "batchesPerEpoch">> {
  const { imageShape, batchSize, shuffle = false, seed = 0, dropRemainder = false, classes } = options;
  const length = imageShape.reduce((product, dimension) => product * dimension, 1);
  const count = labels.length;
  const last = dropRemainder ? count - (count % batchSize) : count;
  if (images.length !== count * length || !Number.isInteger(batchSize) || batchSize < 1 || last === 0) {
    throw new ValueError({
      problem: `arrayBatches: ${images.length} numbers are no ${count} images of ${imageShape.join(" x ")} in batches of ${batchSize}.`,
      fix: "pass height x width x channels numbers for every label, and at least one full batch.",
    });
  }
  let state: BatchPosition = { epoch: 0, position: 0 };

  function gather(order: Uint32Array): Batch {
    const batch = {
      images: new Float32Array(order.length * length),
      labels: new Int32Array(order.length),
      size: order.length,
    };
    for (const [row, index] of order.entries()) {
      batch.images.set(images.subarray(index * length, (index + 1) * length), row * length);
      batch.labels[row] = labels[index]!;
    }
    return { ...batch, indices: order };
  }

  return {
    batchesPerEpoch: Math.ceil(last / batchSize),
    imageShape,
    classes,
    state: () => state,
    restore: (wanted) => {
      state = { epoch: wanted.epoch, position: wanted.position };
    },
    async *[Symbol.asyncIterator]() {
      const { epoch } = state;
      const order = shuffle
        ? new RandomStream(seed, "shuffle", { epoch }).permutation(count)
        : Uint32Array.from({ length: count }, (_, index) => index);
      while (state.epoch === epoch) {
        const { position } = state;
        const end = Math.min(position + batchSize, last);
        state = end === last ? { epoch: epoch + 1, position: 0 } : { epoch, position: end };
        yield gather(order.slice(position, end));
      }
    },
  };
}
