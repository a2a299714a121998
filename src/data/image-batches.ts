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
  /** Leaves out a last batch that is not full, unless it is the epoch's only one; default false. */
  readonly dropRemainder?: boolean;
  /** 1 for grey, 3 for colour; default: what the source has. */
  readonly channels?: 1 | 3;
  /** Batches that are made ahead; default 2 with worker threads, 1 without. */
  readonly prefetch?: number;
  /** Told of each broken picture once; the next one takes its place. Without it a broken picture is a FormatError. */
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

/** Where in the data a training run is: what comes next is picture `position` of the epoch's order. */
export interface DataState {
  readonly epoch: number;
  readonly position: number;
}

/** A batch under way. */
interface Pending {
  readonly start: DataState;
  /** Where the next batch begins, unless this one finds pictures broken. */
  readonly expected: DataState;
  readonly made: Promise<Made>;
}

interface Made {
  /** null at the end of an epoch, when what is left of it makes no batch. */
  readonly batch: ImageBatch | null;
  /** What the state is once this batch was handed out. */
  readonly after: DataState;
}

/** Pictures to be read, and the position in the epoch's order behind the last of them. */
interface Draw {
  readonly indices: Uint32Array;
  readonly position: number;
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
 * A broken picture is as if it were not in the order: batches stay full, so that a step's gradient is always a mean over as
 * many pictures, and one compiled plan serves all. An epoch may then have fewer batches than `batchesPerEpoch`.
 *
 * One loop at a time: two over the same batches share their position.
 */
export class ImageBatches implements AsyncIterable<ImageBatch>, AsyncDisposable {
  readonly source: ImageSource;
  /** Pictures in an epoch. */
  readonly size: number;
  readonly batchSize: number;
  /** Batches in an epoch without broken pictures. */
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
    this.#discardPending();
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
      const { start, expected, made } = this.#pending.shift()!;
      const asked = performance.now();
      const { batch, after } = await made;
      this.#waited += (performance.now() - asked) / 1000;
      // Somebody may have called restore meanwhile.
      if (!isSame(start, this.#state)) {
        batch?.release();
        continue;
      }
      this.#state = after;
      // Broken pictures, met for the first time: the batches behind begin elsewhere than they were thought to.
      if (!isSame(expected, after)) this.#discardPending();
      if (batch !== null) this.#begun.batches++;
      if (this.#state.epoch !== epoch) this.#endEpoch();
      this.#startAhead();
      if (batch !== null) return batch;
    }
    return null;
  }

  /** Ends the worker threads. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#pending.map(({ made }) => made));
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
      const start = this.#pending.at(-1)?.expected ?? this.#state;
      const order = this.#orderOf(start.epoch);
      const draw = this.#draw(order, start.position, this.batchSize);
      const made = this.#make(start, order, draw);
      // Whoever asks for it gets the error; until then it is no unhandled one.
      made.catch(() => undefined);
      this.#pending.push({ start, expected: this.#after(start.epoch, draw.position), made });
    }
  }

  #discardPending(): void {
    for (const { made } of this.#pending.splice(0)) {
      made.then(
        ({ batch }) => batch?.release(),
        () => undefined,
      );
    }
  }

  /** So many pictures from a position on, less if the order ends; without those that are known as broken. */
  #draw(order: Uint32Array, from: number, count: number): Draw {
    const indices: number[] = [];
    let position = from;
    for (; position < order.length && indices.length < count; position++) {
      const index = order[position]!;
      if (!this.#broken.has(index)) indices.push(index);
    }
    return { indices: Uint32Array.from(indices), position };
  }

  /** The state behind a batch: what is left is another one, or the epoch has ended. */
  #after(epoch: number, position: number): DataState {
    const rest = this.size - position;
    const isLast = rest === 0 || (this.#options.dropRemainder === true && rest < this.batchSize);
    return isLast ? { epoch: epoch + 1, position: 0 } : { epoch, position };
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

  async #make(start: DataState, order: Uint32Array, draw: Draw): Promise<Made> {
    const memory = this.#free.pop() ?? this.#allocate();
    let kept = await this.#fill(memory, 0, draw.indices, start.epoch);
    let { position } = draw;
    while (kept.length < this.batchSize && position < this.size) {
      const more = this.#draw(order, position, this.batchSize - kept.length);
      kept = Uint32Array.of(...kept, ...(await this.#fill(memory, kept.length, more.indices, start.epoch)));
      ({ position } = more);
    }
    // A remainder that nobody saw coming: pictures turned out to be broken. The epoch's only batch is none.
    const isDropped = this.#options.dropRemainder === true && kept.length < this.batchSize && start.position > 0;
    const after = this.#after(start.epoch, position);
    if (kept.length === 0 || isDropped) {
      this.#free.push(memory);
      return { batch: null, after };
    }
    return { batch: await this.#mixed(memory, this.#view(memory, kept, start.epoch), start), after };
  }

  /** Makes pictures into the rows from `row` on, without gaps; the numbers of those that could be read. */
  async #fill(memory: Memory, row: number, indices: Uint32Array, epoch: number): Promise<Uint32Array> {
    const { images, labels } = memory;
    const jobs = partsOf(indices.length, this.#producer.parallel).map(([begin, end]) =>
      this.#producer.produce(this.#recipe, {
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
    const { mix, seed = 0 } = this.#options;
    if (mix === undefined || memory.targets === null) return batch;
    const targets = memory.targets.subarray(0, batch.size * this.#classCount);
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

function isSame(a: DataState, b: DataState): boolean {
  return a.epoch === b.epoch && a.position === b.position;
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
