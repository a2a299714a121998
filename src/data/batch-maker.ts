/** Makes the pictures of one batch, in memory that is used again. */
import { FormatError } from "../core/errors.ts";
import type { Mix, MixedBatch } from "./augment/mix.ts";
import type { DataState, Draw, EpochOrder } from "./epoch-order.ts";
import type { Producer } from "./producer.ts";
import type { BrokenImage, BrokenRow, Recipe } from "./produce.ts";
import { allocateShared } from "./sources.ts";

/** What a network is fed. */
export interface ImageBatch {
  /** float32 `[size * views, height, width, channels]`. */
  readonly images: Float32Array;
  readonly shape: readonly [number, number, number, number];
  /** Classes, `[size]`. */
  readonly labels: Int32Array;
  /** Distributions over the classes, `[size, classes]`, where pictures were mixed. */
  readonly targets?: Float32Array;
  /** Pictures: fewer than the batch size in an epoch's last batch only. */
  readonly size: number;
  /** Rows of one picture, which are neighbours: 10 with `tenCrop`, else 1. */
  readonly views: number;
  /** Numbers of the pictures in their source, `[size]`. */
  readonly indices: Uint32Array;
  readonly epoch: number;
  /** Lets the memory be used for another batch: saves time. Its arrays must not be read afterwards. */
  release(): void;
}

export interface Made {
  /** null at the end of an epoch, when what is left of it makes no batch. */
  readonly batch: ImageBatch | null;
  /** What the state is once this batch was handed out. */
  readonly after: DataState;
}

export interface BatchMakerOptions {
  readonly order: EpochOrder;
  readonly producer: Producer;
  readonly recipe: Recipe;
  readonly batchSize: number;
  readonly dropRemainder: boolean;
  readonly mix: Mix | undefined;
  readonly seed: number;
  /** 0 where nothing is mixed. */
  readonly classCount: number;
  /** Memories that are kept beside the one in use. */
  readonly spare: number;
  readonly onBroken: ((broken: BrokenImage) => void) | undefined;
}

interface Memory {
  readonly images: Float32Array;
  readonly labels: Int32Array;
  readonly targets: Float32Array | null;
}

export class BatchMaker {
  readonly #options: BatchMakerOptions;
  readonly #free: Memory[] = [];

  constructor(options: BatchMakerOptions) {
    this.#options = options;
  }

  /**
   * @param start where the batch begins; @param draw its first pictures: broken ones are made up for by those that follow.
   * @throws FormatError for a broken picture, without `onBroken`.
   */
  async make(start: DataState, draw: Draw): Promise<Made> {
    const { order, batchSize, dropRemainder } = this.#options;
    const pictures = order.of(start.epoch);
    const memory = this.#free.pop() ?? this.#allocate();
    let kept = await this.#fill(memory, 0, draw.indices, start.epoch);
    let { position } = draw;
    while (kept.length < batchSize && position < pictures.length) {
      const more = order.draw(pictures, position, batchSize - kept.length);
      kept = Uint32Array.of(...kept, ...(await this.#fill(memory, kept.length, more.indices, start.epoch)));
      ({ position } = more);
    }
    // A remainder that nobody saw coming: pictures turned out to be broken. The epoch's only batch is none.
    const isDropped = dropRemainder && kept.length < batchSize && start.position > 0;
    const after = order.after(start.epoch, position);
    if (kept.length === 0 || isDropped) {
      this.#free.push(memory);
      return { batch: null, after };
    }
    return { batch: await this.#mixed(memory, this.#view(memory, kept, start.epoch), start), after };
  }

  /** Makes pictures into the rows from `row` on, without gaps; the numbers of those that could be read. */
  async #fill(memory: Memory, row: number, indices: Uint32Array, epoch: number): Promise<Uint32Array> {
    const { producer, recipe } = this.#options;
    const { images, labels } = memory;
    const jobs = partsOf(indices.length, producer.parallel).map(([begin, end]) =>
      producer.produce(recipe, {
        epoch,
        indices: indices.slice(begin, end),
        row: row + begin,
        images,
        labels,
      }),
    );
    const broken = (await Promise.all(jobs)).flat().sort((a, b) => a.row - b.row);
    this.#report(broken);
    return this.#closeGaps(memory, row, indices, broken);
  }

  async #mixed(memory: Memory, batch: ImageBatch, start: DataState): Promise<ImageBatch> {
    const { mix, seed, classCount, producer, recipe } = this.#options;
    if (mix === undefined || memory.targets === null) return batch;
    const targets = memory.targets.subarray(0, batch.size * classCount);
    const { height, width, channels } = recipe;
    const mixed: MixedBatch = { ...batch, targets, height, width, channels, classes: classCount };
    await producer.mix(mixed, mix, { seed, index: start.position, epoch: start.epoch });
    return { ...batch, targets };
  }

  #report(broken: readonly BrokenRow[]): void {
    const { onBroken, order } = this.#options;
    for (const { index, name, reason } of broken) {
      if (onBroken === undefined) {
        throw new FormatError({
          problem: `${name}: ${reason}`,
          fix: "remove or replace it, or pass onBroken to leave such pictures out.",
        });
      }
      if (order.broken.has(index)) continue;
      order.broken.set(index, { index, name, reason });
      onBroken({ index, name, reason });
    }
  }

  /** Moves the rows behind broken ones forward; the numbers of the pictures that are left. */
  #closeGaps(
    { images, labels }: Memory,
    first: number,
    indices: Uint32Array,
    broken: readonly BrokenRow[],
  ): Uint32Array {
    if (broken.length === 0) return indices;
    const gaps = new Set(broken.map(({ row }) => row - first));
    const length = this.#rowLength();
    let to = first;
    for (let at = 0; at < indices.length; at++) {
      if (gaps.has(at)) continue;
      const row = first + at;
      images.copyWithin(to * length, row * length, (row + 1) * length);
      labels[to++] = labels[row]!;
    }
    return indices.filter((_, at) => !gaps.has(at));
  }

  #view(memory: Memory, indices: Uint32Array, epoch: number): ImageBatch {
    const { recipe, spare } = this.#options;
    const { height, width, channels, views } = recipe;
    const size = indices.length;
    let released = false;
    return {
      images: memory.images.subarray(0, size * this.#rowLength()),
      shape: [size * views, height, width, channels],
      labels: memory.labels.subarray(0, size),
      size,
      views,
      indices,
      epoch,
      release: () => {
        if (!released && this.#free.length <= spare) this.#free.push(memory);
        released = true;
      },
    };
  }

  #rowLength(): number {
    const { height, width, channels, views } = this.#options.recipe;
    return views * height * width * channels;
  }

  #allocate(): Memory {
    const { batchSize, classCount } = this.#options;
    const floats = (length: number): Float32Array => new Float32Array(allocateShared(length * 4));
    return {
      images: floats(batchSize * this.#rowLength()),
      labels: new Int32Array(allocateShared(batchSize * 4)),
      targets: classCount === 0 ? null : floats(batchSize * classCount),
    };
  }
}

/** Rows of a batch in parts: small enough that all threads have work to the end, large enough to be worth a message. */
function partsOf(rows: number, threads: number): [number, number][] {
  const length = threads === 0 ? rows : Math.max(Math.min(Math.ceil(rows / (2 * threads)), 16), 1);
  return Array.from({ length: Math.ceil(rows / length) }, (_, part) => [
    part * length,
    Math.min((part + 1) * length, rows),
  ]);
}
