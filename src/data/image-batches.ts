import { FormatError, ValueError } from "../core/errors.ts";
import type { Mix } from "./augment/mix.ts";
import type { Transform } from "./augment/transform.ts";
import { BatchMaker, type ImageBatch, type Made } from "./batch-maker.ts";
import { recipeOf } from "./batch-recipe.ts";
import { type DataState, EpochOrder } from "./epoch-order.ts";
import type { ImageSource } from "./image.ts";
import { localProducer, type Producer } from "./producer.ts";
import type { BrokenImage } from "./produce.ts";

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

/** A batch under way. */
interface Pending {
  readonly start: DataState;
  /** Where the next batch begins, unless this one finds pictures broken. */
  readonly expected: DataState;
  readonly made: Promise<Made>;
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

  readonly #producer: Producer;
  readonly #order: EpochOrder;
  readonly #maker: BatchMaker;
  readonly #prefetch: number;
  #waited = 0;
  #state: DataState = { epoch: 0, position: 0 };
  #pending: Pending[] = [];
  /** Of this epoch: where it was begun, and batches handed out. */
  #begun = { position: 0, batches: 0 };

  /** @throws ValueError, ShapeError when options do not fit the source. */
  constructor(source: ImageSource, options: ImageBatchOptions, producer: Producer = localProducer(source)) {
    const { batchSize, seed = 0, transforms = [], shuffle = false, dropRemainder = false, mix, onBroken } = options;
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
    const recipe = recipeOf(source, transforms, seed, options.channels);
    this.imageShape = [recipe.height, recipe.width, recipe.channels];
    this.views = recipe.views;
    const classCount = mix === undefined ? 0 : classCountOf(source);
    if (mix !== undefined && this.views > 1) {
      throw new ValueError({
        problem: `batches: ${mix.type} with tenCrop.`,
        fix: "mix to train, tenCrop to evaluate.",
      });
    }
    const order = new EpochOrder({ size: this.size, batchSize, shuffle, seed, dropRemainder });
    this.broken = order.broken;
    const spare = this.#prefetch;
    const memory = { batchSize, dropRemainder, mix, seed, classCount, spare, onBroken };
    this.#order = order;
    this.#maker = new BatchMaker({ ...memory, order, producer, recipe });
    this.#producer = producer;
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
    const [first] = this.broken.values();
    throw new FormatError({
      problem: `batches: none of the ${this.size} pictures can be used.${first === undefined ? "" : ` The first: ${first.name}: ${first.reason}`}`,
      fix: "`millrace inspect` lists what is wrong with each.",
    });
  }

  #startAhead(): void {
    while (this.#pending.length < this.#prefetch) {
      const start = this.#pending.at(-1)?.expected ?? this.#state;
      const draw = this.#order.draw(this.#order.of(start.epoch), start.position, this.batchSize);
      const made = this.#maker.make(start, draw);
      // Whoever asks for it gets the error; until then it is no unhandled one.
      made.catch(() => undefined);
      this.#pending.push({ start, expected: this.#order.after(start.epoch, draw.position), made });
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
}

function isSame(a: DataState, b: DataState): boolean {
  return a.epoch === b.epoch && a.position === b.position;
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
