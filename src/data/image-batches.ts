import { FormatError, ValueError } from "../core/errors.ts";
import { outputSize } from "./augment/apply.ts";
import type { Mix, MixedBatch } from "./augment/mix.ts";
import type { Transform } from "./augment/transform.ts";
import type { ImageSource } from "./image.ts";
import { localProducer, type Producer } from "./producer.ts";
import type { BrokenImage, BrokenRow, Recipe } from "./produce.ts";
import { RandomStream } from "./random-stream.ts";
import { allocateShared } from "./sources.ts";

export interface ImageBatchOptions {
  readonly batchSize: number;
  /** What happens to every picture, in order; see `tf.data.augment` and `tf.data.presets`. Default: nothing. */
  readonly transforms?: readonly Transform[];
  /** Mixes the pictures of a batch: `mixup()` or `cutmix()`. */
  readonly mix?: Mix;
  /** A new order every epoch; default false: the source's. */
  readonly shuffle?: boolean;
  /** Decides order and augmentations; default 0. */
  readonly seed?: number;
  /** Leaves out a last batch that is not full; default false. */
  readonly dropRemainder?: boolean;
  /** 1 for grey, 3 for colour; default: what the source has. */
  readonly channels?: 1 | 3;
  /** Batches that are made ahead; default 2 with worker threads, 1 without. */
  readonly prefetch?: number;
  /** Told of each broken picture once; it is left out. Without it a broken picture ends the iteration with a FormatError. */
  readonly onBroken?: (broken: BrokenImage) => void;
}

/** What a network is fed. */
export interface ImageBatch {
  /** float32 `[size * views, height, width, channels]`. */
  readonly images: Float32Array;
  readonly shape: readonly [number, number, number, number];
  /** Classes, `[size]`. */
  readonly labels: Int32Array;
  /** Distributions over the classes, `[size, classes]`, where pictures were mixed. */
  readonly targets?: Float32Array;
  /** Pictures. Fewer than the batch size in an epoch's last batch, and where broken ones were left out. */
  readonly size: number;
  /** Rows of one picture, which are neighbours: 10 with `tenCrop`, else 1. */
  readonly views: number;
  /** Numbers of the pictures in their source, `[size]`. */
  readonly indices: Uint32Array;
  readonly epoch: number;
  /** Lets the memory be used for another batch: saves time. Its arrays must not be read afterwards. */
  release(): void;
}

/** Where in the data a training run is: what comes next is picture `position` of the epoch's order. */
export interface DataState {
  readonly epoch: number;
  readonly position: number;
}

interface Pending {
  readonly start: DataState;
  /** What the state is once this batch was handed out. */
  readonly after: DataState;
  readonly batch: Promise<ImageBatch | null>;
}

interface Memory {
  readonly images: Float32Array;
  readonly labels: Int32Array;
  readonly targets: Float32Array | null;
}

/**
 * Batches of augmented pictures, made ahead of their use. Iterating runs through the rest of an epoch: once more, and it is
 * the next epoch. Order and contents depend on seed, epoch and position only, never on threads or timing.
 *
 * One loop at a time: two over the same batches share their position.
 */
export class ImageBatches implements AsyncIterable<ImageBatch>, AsyncDisposable {
  readonly source: ImageSource;
  /** Pictures in an epoch. */
  readonly size: number;
  readonly batchSize: number;
  /** Batches in an epoch. */
  readonly batchesPerEpoch: number;
  readonly classes: readonly string[] | undefined;
  /** Of what a network is fed. */
  readonly imageShape: readonly [height: number, width: number, channels: number];
  readonly views: number;
  /** The broken pictures met so far, by number. */
  readonly broken: ReadonlyMap<number, BrokenImage>;

  readonly #options: ImageBatchOptions;
  readonly #producer: Producer;
  readonly #recipe: Recipe;
  readonly #classCount: number;
  readonly #prefetch: number;
  readonly #broken = new Map<number, BrokenImage>();
  readonly #free: Memory[] = [];
  #waited = 0;
  #state: DataState = { epoch: 0, position: 0 };
  #pending: Pending[] = [];
  #order: { readonly epoch: number; readonly indices: Uint32Array } | null = null;
  /** Of this epoch: where it was begun, and batches handed out. */
  #begun = { position: 0, batches: 0 };

  /** @throws ValueError, ShapeError when options do not fit the source. */
  constructor(source: ImageSource, options: ImageBatchOptions, producer: Producer = localProducer(source)) {
    const { batchSize, seed = 0, transforms = [], dropRemainder = false } = options;
    requireWhole("batchSize", batchSize, 1);
    requireWhole("seed", seed, 0);
    this.#prefetch = options.prefetch ?? (producer.parallel > 0 ? 2 : 1);
    requireWhole("prefetch", this.#prefetch, 1);
    if (source.size === 0)
      throw new ValueError({ problem: "batches: the source has no pictures.", fix: "pass one that has some." });
    this.source = source;
    this.size = source.size;
    this.batchSize = batchSize;
    this.batchesPerEpoch = dropRemainder ? Math.floor(source.size / batchSize) : Math.ceil(source.size / batchSize);
    if (this.batchesPerEpoch === 0) {
      throw new ValueError({
        problem: `batches: ${source.size} pictures fill no batch of ${batchSize}, and the remainder is dropped.`,
        fix: "use smaller batches, or dropRemainder: false.",
      });
    }
    this.classes = source.classes;
    this.#recipe = recipeOf(source, transforms, seed, options.channels);
    this.imageShape = [this.#recipe.height, this.#recipe.width, this.#recipe.channels];
    this.views = this.#recipe.views;
    this.broken = this.#broken;
    this.#options = options;
    this.#producer = producer;
    this.#classCount = options.mix === undefined ? 0 : classCountOf(source);
    if (options.mix !== undefined && this.views > 1) {
      throw new ValueError({
        problem: `batches: ${options.mix.type} with tenCrop.`,
        fix: "mix to train, tenCrop to evaluate.",
      });
    }
  }

  /** Seconds that callers of `next` (loops, too) have waited for a batch so far: near 0 when pictures are made fast enough. */
  get waited(): number {
    return this.#waited;
  }

  /** Where the run is: what `restore` needs to go on with the next batch. Plain JSON. */
  state(): DataState {
    return this.#state;
  }

  /** Goes on from a state: of this run, or of another with the same source, seed and shuffle. */
  restore(state: DataState): void {
    requireWhole("epoch", state.epoch, 0);
    requireWhole("position", state.position, 0);
    if (state.position >= this.size) {
      throw new ValueError({
        problem: `batches: position ${state.position} of a state lies behind the ${this.size} pictures.`,
        fix: "the data has changed since the state was saved: start a new epoch, { epoch, position: 0 }.",
      });
    }
    for (const { batch } of this.#pending)
      batch.then(
        (made) => made?.release(),
        () => undefined,
      );
    this.#pending = [];
    this.#begun = { position: state.position, batches: 0 };
    this.#state = { epoch: state.epoch, position: state.position };
  }

  /** The rest of the epoch. Broken off and begun again, it goes on where it was. */
  async *[Symbol.asyncIterator](): AsyncGenerator<ImageBatch, void, undefined> {
    const { epoch } = this.#state;
    while (this.#state.epoch === epoch) {
      const batch = await this.next();
      if (batch === null) return;
      yield batch;
    }
  }

  /**
   * The next batch; null when the rest of the epoch has none, because all of its pictures are broken.
   * @throws FormatError for a broken picture, without `onBroken`.
   */
  async next(): Promise<ImageBatch | null> {
    const { epoch } = this.#state;
    while (this.#state.epoch === epoch) {
      this.#startAhead();
      const pending = this.#pending.shift()!;
      const asked = performance.now();
      const batch = await pending.batch;
      this.#waited += (performance.now() - asked) / 1000;
      // Somebody may have called restore meanwhile.
      if (pending.start.epoch !== this.#state.epoch || pending.start.position !== this.#state.position) continue;
      this.#state = pending.after;
      if (batch !== null) this.#begun.batches++;
      if (this.#state.epoch !== epoch) this.#endEpoch();
      this.#startAhead();
      if (batch !== null) return batch;
    }
    return null;
  }

  /** Ends the worker threads. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#pending.map(({ batch }) => batch));
    this.#pending = [];
    await this.#producer.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #endEpoch(): void {
    const { position, batches } = this.#begun;
    this.#begun = { position: 0, batches: 0 };
    if (batches > 0 || position > 0) return;
    const [first] = this.#broken.values();
    throw new FormatError({
      problem: `batches: none of the ${this.size} pictures can be used.${first === undefined ? "" : ` The first: ${first.name}: ${first.reason}`}`,
      fix: "`millrace inspect` lists what is wrong with each.",
    });
  }

  #startAhead(): void {
    while (this.#pending.length < this.#prefetch) {
      const start = this.#pending.at(-1)?.after ?? this.#state;
      const count = Math.min(this.batchSize, this.size - start.position);
      const end = start.position + count;
      const rest = this.size - end;
      const isLast = rest === 0 || (this.#options.dropRemainder === true && rest < this.batchSize);
      const after = isLast ? { epoch: start.epoch + 1, position: 0 } : { epoch: start.epoch, position: end };
      const batch = this.#make(start, this.#orderOf(start.epoch).slice(start.position, end));
      // Whoever asks for it gets the error; until then it is no unhandled one.
      batch.catch(() => undefined);
      this.#pending.push({ start, after, batch });
    }
  }

  #orderOf(epoch: number): Uint32Array {
    if (this.#order?.epoch === epoch) return this.#order.indices;
    const { shuffle = false, seed = 0 } = this.#options;
    const indices = shuffle
      ? new RandomStream(seed, "shuffle", { epoch }).permutation(this.size)
      : Uint32Array.from({ length: this.size }, (_, index) => index);
    this.#order = { epoch, indices };
    return indices;
  }

  async #make(start: DataState, indices: Uint32Array): Promise<ImageBatch | null> {
    const memory = this.#free.pop() ?? this.#allocate();
    const { images, labels } = memory;
    const jobs = partsOf(indices.length, this.#producer.parallel).map(([row, end]) =>
      this.#producer.produce(this.#recipe, {
        epoch: start.epoch,
        indices: indices.slice(row, end),
        row,
        images,
        labels,
      }),
    );
    const broken = (await Promise.all(jobs)).flat().sort((a, b) => a.row - b.row);
    this.#report(broken);
    const kept = this.#closeGaps(memory, indices, broken);
    if (kept.length === 0) {
      this.#free.push(memory);
      return null;
    }
    const batch = this.#view(memory, kept, start.epoch);
    const { mix, seed = 0 } = this.#options;
    if (mix === undefined || memory.targets === null) return batch;
    const targets = memory.targets.subarray(0, kept.length * this.#classCount);
    const [height, width, channels] = this.imageShape;
    const mixed: MixedBatch = { ...batch, targets, height, width, channels, classes: this.#classCount };
    await this.#producer.mix(mixed, mix, { seed, index: start.position, epoch: start.epoch });
    return { ...batch, targets };
  }

  #report(broken: readonly BrokenRow[]): void {
    for (const { index, name, reason } of broken) {
      const { onBroken } = this.#options;
      if (onBroken === undefined) {
        throw new FormatError({
          problem: `${name}: ${reason}`,
          fix: "remove or replace it, or pass onBroken to leave such pictures out.",
        });
      }
      if (this.#broken.has(index)) continue;
      this.#broken.set(index, { index, name, reason });
      onBroken({ index, name, reason });
    }
  }

  /** Moves the rows behind broken ones forward; the numbers of the pictures that are left. */
  #closeGaps({ images, labels }: Memory, indices: Uint32Array, broken: readonly BrokenRow[]): Uint32Array {
    if (broken.length === 0) return indices;
    const gaps = new Set(broken.map(({ row }) => row));
    const length = this.#rowLength();
    let to = 0;
    for (let row = 0; row < indices.length; row++) {
      if (gaps.has(row)) continue;
      images.copyWithin(to * length, row * length, (row + 1) * length);
      labels[to++] = labels[row]!;
    }
    return indices.filter((_, row) => !gaps.has(row));
  }

  #view(memory: Memory, indices: Uint32Array, epoch: number): ImageBatch {
    const size = indices.length;
    let released = false;
    return {
      images: memory.images.subarray(0, size * this.#rowLength()),
      shape: [size * this.views, ...this.imageShape],
      labels: memory.labels.subarray(0, size),
      size,
      views: this.views,
      indices,
      epoch,
      release: () => {
        if (!released && this.#free.length <= this.#prefetch) this.#free.push(memory);
        released = true;
      },
    };
  }

  #rowLength(): number {
    const [height, width, channels] = this.imageShape;
    return this.views * height * width * channels;
  }

  #allocate(): Memory {
    const floats = (length: number): Float32Array => new Float32Array(allocateShared(length * 4));
    return {
      images: floats(this.batchSize * this.#rowLength()),
      labels: new Int32Array(allocateShared(this.batchSize * 4)),
      targets: this.#classCount === 0 ? null : floats(this.batchSize * this.#classCount),
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

function recipeOf(
  source: ImageSource,
  transforms: readonly Transform[],
  seed: number,
  wanted: 1 | 3 | undefined,
): Recipe {
  const first = source.channels !== undefined && source.height !== undefined ? undefined : peek(source);
  const height = source.height ?? first?.height;
  const width = source.width ?? first?.width;
  const size = outputSize(transforms, height === undefined || width === undefined ? undefined : { height, width });
  const channels = wanted ?? source.channels ?? first?.channels;
  if (channels === undefined) {
    throw new ValueError({
      problem: "batches: the source does not say how many channels its pictures have.",
      fix: "pass channels: 3, or 1 for grey.",
    });
  }
  if (size.height === null || size.width === null) {
    throw new ValueError({
      problem: "batches: the pictures of a batch need one size, and the transforms do not give them one.",
      fix: "end them with centerCrop, randomCrop or randomResizedCrop, or use a preset.",
    });
  }
  return { transforms, seed, height: size.height, width: size.width, channels, views: size.views };
}

/** The first picture of a source that has it at hand: all of its pictures are of that size, or the batch says so. */
function peek(source: ImageSource): { height: number; width: number; channels: number } | undefined {
  if (source.describe !== undefined) return undefined;
  const picture = source.get(0);
  if (!(picture instanceof Promise)) return picture;
  picture.catch(() => undefined);
  return undefined;
}

function classCountOf(source: ImageSource): number {
  if (source.classes !== undefined) return source.classes.length;
  throw new ValueError({
    problem: "batches: mixing needs to know how many classes there are.",
    fix: "give the source `classes`, their names.",
  });
}

function requireWhole(name: string, value: number, low: number): void {
  if (Number.isSafeInteger(value) && value >= low) return;
  throw new ValueError({ problem: `batches: ${name} is ${value}.`, fix: `pass a whole number from ${low}.` });
}
