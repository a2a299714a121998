import { ValueError } from "../core/errors.ts";
import { type DataState, EpochOrder } from "../data/epoch-order.ts";

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
export type BatchPosition = DataState;

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
  const order = new EpochOrder({ size: count, batchSize, shuffle, seed, dropRemainder });
  let state: BatchPosition = { epoch: 0, position: 0 };

  function gather(indices: Uint32Array): Batch {
    const batch = {
      images: new Float32Array(indices.length * length),
      labels: new Int32Array(indices.length),
      size: indices.length,
    };
    for (const [row, index] of indices.entries()) {
      batch.images.set(images.subarray(index * length, (index + 1) * length), row * length);
      batch.labels[row] = labels[index]!;
    }
    return { ...batch, indices };
  }

  return {
    batchesPerEpoch: Math.ceil(last / batchSize),
    imageShape,
    classes,
    state: () => state,
    restore: ({ epoch, position }) => {
      if (![epoch, position].every((number) => Number.isSafeInteger(number) && number >= 0) || position >= last) {
        throw new ValueError({
          problem: `arrayBatches: there is no position ${position} of epoch ${epoch} in ${last} images.`,
          fix: "the data has changed since the state was saved: start a new epoch, { epoch, position: 0 }.",
        });
      }
      state = { epoch, position };
    },
    async *[Symbol.asyncIterator]() {
      const { epoch } = state;
      while (state.epoch === epoch) {
        const { indices, position } = order.draw(order.of(epoch), state.position, batchSize);
        state = order.after(epoch, position);
        yield gather(indices);
      }
    },
  };
}
