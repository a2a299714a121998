/** The order in which pictures come, epoch after epoch, and where in it a batch ends. */
import type { BrokenImage } from "./produce.ts";
import { RandomStream } from "./random-stream.ts";

/** Where in the data a training run is: what comes next is picture `position` of the epoch's order. */
export interface DataState {
  readonly epoch: number;
  readonly position: number;
}

/** Pictures to be read, and the position in the epoch's order behind the last of them. */
export interface Draw {
  readonly indices: Uint32Array;
  readonly position: number;
}

export interface OrderOptions {
  /** Pictures in an epoch. */
  readonly size: number;
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly seed: number;
  readonly dropRemainder: boolean;
}

export class EpochOrder {
  /** The broken pictures met so far, by number: they are as if they were not in the order. */
  readonly broken: Map<number, BrokenImage> = new Map();
  readonly #options: OrderOptions;
  #last: { readonly epoch: number; readonly indices: Uint32Array } | null = null;

  constructor(options: OrderOptions) {
    this.#options = options;
  }

  /** Numbers of all pictures, in the epoch's order. */
  of(epoch: number): Uint32Array {
    if (this.#last?.epoch === epoch) return this.#last.indices;
    const { shuffle, seed, size } = this.#options;
    const indices = shuffle
      ? new RandomStream(seed, "shuffle", { epoch }).permutation(size)
      : Uint32Array.from({ length: size }, (_, index) => index);
    this.#last = { epoch, indices };
    return indices;
  }

  /** So many pictures from a position on, less if the order ends; without those that are known as broken. */
  draw(order: Uint32Array, from: number, count: number): Draw {
    const indices: number[] = [];
    let position = from;
    for (; position < order.length && indices.length < count; position++) {
      const index = order[position]!;
      if (!this.broken.has(index)) indices.push(index);
    }
    return { indices: Uint32Array.from(indices), position };
  }

  /** The state behind a batch: what is left is another one, or the epoch has ended. */
  after(epoch: number, position: number): DataState {
    const { size, batchSize, dropRemainder } = this.#options;
    const rest = size - position;
    const isLast = rest === 0 || (dropRemainder && rest < batchSize);
    return isLast ? { epoch: epoch + 1, position: 0 } : { epoch, position };
  }
}
