import { ShapeError, ValueError } from "../core/errors.ts";
import { allocate, type DType } from "../core/dtype.ts";
import { NDArray } from "../core/ndarray.ts";
import { formatShape } from "../core/shape.ts";
import { RandomStream } from "./random-stream.ts";

/** What `batch` makes of elements: arrays get one more axis in front, numbers become arrays, records keep their names. */
export type Batched<T> =
  T extends NDArray<infer _, infer D>
    ? NDArray<readonly (number | null)[], D>
    : T extends number
      ? NDArray<readonly (number | null)[], "float32">
      : T extends object
        ? { readonly [Key in keyof T]: Batched<T[Key]> }
        : never;

type Rows<T> = {
  readonly [Key in keyof T]: T[Key] extends NDArray<infer _, infer D> ? NDArray<readonly (number | null)[], D> : number;
};

/**
 * Elements that come one after the other, and what is done to them: TensorFlow's `tf.data.Dataset` as an async iterable.
 * Every method returns a new data set; nothing happens until somebody iterates, and iterating again starts again.
 */
export class Dataset<T> implements AsyncIterable<T> {
  readonly #iterate: (pass: number) => AsyncIterator<T>;
  #passes = 0;

  constructor(iterate: (pass: number) => AsyncIterator<T>) {
    this.#iterate = iterate;
  }

  /** What can be iterated: an array, a generator function's result (once), a stream, `ImageBatches`. */
  static from<T>(elements: Iterable<T> | AsyncIterable<T>): Dataset<T> {
    return new Dataset(async function* iterate() {
      yield* elements;
    });
  }

  /**
   * The rows of arrays that have equally many: `fromArrays({ images, labels })` has elements `{ images, labels }` without
   * the first axis. Plain lists of numbers are labels or the like.
   *
   * @throws ShapeError when the arrays differ in their first dimension.
   */
  static fromArrays<const T extends Readonly<Record<string, NDArray | readonly number[]>>>(
    arrays: T,
  ): Dataset<Rows<T>> {
    const entries = Object.entries(arrays);
    const counts = entries.map(([, array]) => (array instanceof NDArray ? (array.shape[0] ?? 0) : array.length));
    const count = counts[0] ?? 0;
    if (counts.some((other) => other !== count)) {
      throw new ShapeError({
        problem: "Dataset.fromArrays: the arrays have different numbers of rows.",
        operands: entries.map(([name, array]) => ({
          name,
          value: formatShape(array instanceof NDArray ? array.shape : [array.length]),
        })),
        fix: "pass arrays whose first dimensions are equal.",
      });
    }
    return new Dataset(async function* iterate() {
      for (let row = 0; row < count; row++) {
        yield Object.fromEntries(entries.map(([name, array]) => [name, rowOf(array, row)])) as Rows<T>;
      }
    });
  }

  /** The numbers from 0 to `count` - 1. */
  static range(count: number): Dataset<number> {
    return new Dataset(async function* iterate() {
      for (let value = 0; value < count; value++) yield value;
    });
  }

  /** Each element through a function, which may be asynchronous; up to `concurrency` (default 1) at once, in order. */
  map<U>(
    change: (element: T) => U | Promise<U>,
    { concurrency = 1 }: { readonly concurrency?: number } = {},
  ): Dataset<U> {
    requireCount("map", "concurrency", concurrency, 1);
    const source = this.#source();
    if (concurrency > 1) {
      const started = new Dataset<{ result: Promise<U> }>(async function* iterate(pass) {
        for await (const element of source(pass)) {
          const result = Promise.resolve(element).then(change);
          // Whoever comes to it gets the error.
          result.catch(() => undefined);
          yield { result };
        }
      });
      return started.prefetch(concurrency - 1).map(({ result }) => result);
    }
    return new Dataset(async function* iterate(pass) {
      for await (const element of source(pass)) yield await change(element);
    });
  }

  filter(keep: (element: T) => boolean | Promise<boolean>): Dataset<T> {
    const source = this.#source();
    return new Dataset(async function* iterate(pass) {
      for await (const element of source(pass)) if (await keep(element)) yield element;
    });
  }

  /** The first `count` elements. */
  take(count: number): Dataset<T> {
    requireCount("take", "count", count, 0);
    const source = this.#source();
    return new Dataset(async function* iterate(pass) {
      let left = count;
      if (left === 0) return;
      for await (const element of source(pass)) {
        yield element;
        if (--left === 0) return;
      }
    });
  }

  /** All but the first `count` elements. */
  skip(count: number): Dataset<T> {
    requireCount("skip", "count", count, 0);
    const source = this.#source();
    return new Dataset(async function* iterate(pass) {
      let left = count;
      for await (const element of source(pass)) if (left-- <= 0) yield element;
    });
  }

  /** Again and again: `count` times, or without end. Each time with a new shuffle. */
  repeat(count: number = Number.POSITIVE_INFINITY): Dataset<T> {
    if (count !== Number.POSITIVE_INFINITY) requireCount("repeat", "count", count, 0);
    const source = this.#source();
    return new Dataset(async function* iterate(pass) {
      for (let time = 0; time < count; time++) {
        let isEmpty = true;
        for await (const element of source(pass + time)) {
          isEmpty = false;
          yield element;
        }
        if (isEmpty) return;
      }
    });
  }

  /**
   * Random order: elements are drawn from a buffer of `bufferSize`, which the source keeps full; a buffer of at least all
   * elements is a uniform shuffle. Every pass over the data has its own order, decided by the seed and its number.
   */
  shuffle(bufferSize: number, { seed = 0 }: { readonly seed?: number } = {}): Dataset<T> {
    requireCount("shuffle", "bufferSize", bufferSize, 1);
    const source = this.#source();
    return new Dataset(async function* iterate(pass) {
      const random = new RandomStream(seed, "user", { epoch: pass });
      const buffer: T[] = [];
      const draw = (): T => {
        const at = random.integer(buffer.length);
        const element = buffer[at]!;
        buffer[at] = buffer.at(-1)!;
        buffer.pop();
        return element;
      };
      for await (const element of source(pass)) {
        buffer.push(element);
        if (buffer.length === bufferSize) yield draw();
      }
      while (buffer.length > 0) yield draw();
    });
  }

  /**
   * `size` elements as one: arrays are stacked, numbers become float32 arrays, records are stacked by name.
   * @throws ShapeError while iterating, when arrays of one batch differ in shape.
   */
  batch(size: number, { dropRemainder = false }: { readonly dropRemainder?: boolean } = {}): Dataset<Batched<T>> {
    requireCount("batch", "size", size, 1);
    const source = this.#source();
    return new Dataset(async function* iterate(pass) {
      let elements: T[] = [];
      for await (const element of source(pass)) {
        elements.push(element);
        if (elements.length < size) continue;
        yield stack(elements);
        elements = [];
      }
      if (elements.length > 0 && !dropRemainder) yield stack(elements);
    });
  }

  /** Asks for up to `count` elements before they are needed. */
  prefetch(count: number): Dataset<T> {
    requireCount("prefetch", "count", count, 0);
    const source = this.#source();
    return new Dataset(async function* iterate(pass) {
      const iterator = source(pass)[Symbol.asyncIterator]();
      const ahead: Promise<IteratorResult<T>>[] = [];
      const ask = (): void => {
        const next = iterator.next();
        next.catch(() => undefined);
        ahead.push(next);
      };
      try {
        for (;;) {
          while (ahead.length <= count) ask();
          const result = await ahead.shift()!;
          if (result.done === true) return;
          yield result.value;
        }
      } finally {
        await Promise.allSettled(ahead);
        await iterator.return?.();
      }
    });
  }

  async toArray(): Promise<T[]> {
    const elements: T[] = [];
    for await (const element of this) elements.push(element);
    return elements;
  }

  [Symbol.asyncIterator](): AsyncIterator<T> {
    return this.#iterate(this.#passes++);
  }

  #source(): (pass: number) => AsyncIterable<T> {
    return (pass) => ({ [Symbol.asyncIterator]: () => this.#iterate(pass) });
  }
}

function rowOf(array: NDArray | readonly number[], row: number): NDArray | number {
  if (!(array instanceof NDArray)) return array[row]!;
  const shape = array.shape.slice(1);
  const length = shape.reduce((product, dimension) => product * dimension, 1);
  return new NDArray(array.dtype, shape, array.data.subarray(row * length, (row + 1) * length));
}

function stack<T>(elements: readonly T[]): Batched<T> {
  const [first] = elements;
  if (first instanceof NDArray) return stackArrays(elements as readonly unknown[] as readonly NDArray[]) as Batched<T>;
  if (typeof first === "number") {
    return new NDArray(
      "float32",
      [elements.length],
      Float32Array.from(elements as readonly unknown[] as readonly number[]),
    ) as Batched<T>;
  }
  if (typeof first !== "object" || first === null) {
    throw new ValueError({
      problem: `Dataset.batch: an element is ${typeof first}.`,
      fix: "batch NDArrays, numbers, or records of them.",
    });
  }
  const keys = Object.keys(first) as (keyof T)[];
  return Object.fromEntries(keys.map((key) => [key, stack(elements.map((element) => element[key]))])) as Batched<T>;
}

function stackArrays(arrays: readonly NDArray[]): NDArray {
  const { shape, dtype, size } = arrays[0]!;
  const data = allocate(dtype, arrays.length * size);
  for (const [index, array] of arrays.entries()) {
    if (formatShape(array.shape) !== formatShape(shape) || array.dtype !== dtype) {
      throw new ShapeError({
        problem: "Dataset.batch: the arrays of one batch differ.",
        operands: [
          { name: "first", value: formatShape(shape), note: dtype },
          { name: `number ${index + 1}`, value: formatShape(array.shape), note: array.dtype },
        ],
        fix: "map them to one shape and dtype first.",
      });
    }
    data.set(array.data, index * size);
  }
  return new NDArray<readonly number[], DType>(dtype, [arrays.length, ...shape], data);
}

function requireCount(method: string, name: string, value: number, low: number): void {
  if (Number.isSafeInteger(value) && value >= low) return;
  throw new ValueError({ problem: `Dataset.${method}: ${name} is ${value}.`, fix: `pass a whole number from ${low}.` });
}
