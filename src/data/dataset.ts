import { ShapeError, ValueError } from "../core/errors.ts";
import { allocate, type DType } from "../core/dtype.ts";
import { NDArray } from "../core/ndarray.ts";
import { formatShape } from "../core/shape.ts";
import { RandomStream } from "./random-stream.ts";

/** Numbers that have a dtype by their class. */
export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array;

type DTypeOf<T> = T extends Int32Array ? "int32" : T extends Uint8Array ? "uint8" : "float32";

/**
 * What `batch` makes of elements: arrays get one more axis in front, typed arrays and lists of numbers are their rows,
 * numbers become arrays, records keep their names.
 */
export type Batched<T> =
  T extends NDArray<infer _, infer D>
    ? NDArray<readonly (number | null)[], D>
    : T extends TypedArray | number | readonly number[]
      ? NDArray<readonly (number | null)[], DTypeOf<T>>
      : T extends object
        ? { readonly [Key in keyof T]: Batched<T[Key]> }
        : never;

type Rows<T> = {
  readonly [Key in keyof T]: T[Key] extends NDArray<infer _, infer D>
    ? NDArray<readonly (number | null)[], D>
    : T[Key] extends TypedArray
      ? NDArray<readonly (number | null)[], DTypeOf<T[Key]>>
      : number;
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
   * the first axis. Of a typed array or a plain list of numbers a row is one number; typed arrays keep their dtype, which
   * labels need: `Int32Array.of(0, 1)`.
   *
   * @throws ShapeError when the arrays differ in their first dimension.
   */
  static fromArrays<const T extends Readonly<Record<string, NDArray | TypedArray | readonly number[]>>>(
    arrays: T,
  ): Dataset<Rows<T>> {
    const entries = Object.entries(arrays).map(
      ([name, array]) => [name, isTypedArray(array) ? ndarrayOf(array) : array] as const,
    );
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
   * `size` elements as one: arrays are stacked, typed arrays too; numbers and lists of them become float32 arrays; records
   * are stacked by name.
   * @throws ShapeError while iterating, when arrays of one batch differ in shape; ValueError when elements differ in kind.
   */
  batch(size: number, { dropRemainder = false }: { readonly dropRemainder?: boolean } = {}): Dataset<Batched<T>> {
    requireCount("batch", "size", size, 1);
    const source = this.#source();
    return new Dataset(async function* iterate(pass) {
      let elements: T[] = [];
      for await (const element of source(pass)) {
        elements.push(element);
        if (elements.length < size) continue;
        yield stack(elements) as Batched<T>;
        elements = [];
      }
      if (elements.length > 0 && !dropRemainder) yield stack(elements) as Batched<T>;
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

/** What becomes an array by itself. */
type Numeric = NDArray | TypedArray | number | readonly number[];

function isTypedArray(value: unknown): value is TypedArray {
  return [Float32Array, Float64Array, Int32Array, Uint8Array].some((type) => value instanceof type);
}

function isNumeric(value: unknown): value is Numeric {
  if (Array.isArray(value)) return value.every((number) => typeof number === "number");
  return typeof value === "number" || value instanceof NDArray || isTypedArray(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !isNumeric(value) && !ArrayBuffer.isView(value);
}

function ndarrayOf(value: Numeric): NDArray {
  if (value instanceof NDArray) return value;
  if (typeof value === "number") return new NDArray("float32", [], Float32Array.of(value));
  if (value instanceof Int32Array) return new NDArray("int32", [value.length], value);
  if (value instanceof Uint8Array) return new NDArray("uint8", [value.length], value);
  return new NDArray("float32", [value.length], value instanceof Float32Array ? value : Float32Array.from(value));
}

/** @param path of what is stacked, in the elements: `.labels`. */
function stack(elements: readonly unknown[], path = ""): unknown {
  if (elements.every(isNumeric)) return stackArrays(elements.map(ndarrayOf), path);
  const [first] = elements;
  if (!elements.every(isRecord) || !isRecord(first)) throw unalike(elements, path);
  if (elements.some((element) => namesOf(element) !== namesOf(first))) throw unalike(elements, path);
  const parts = Object.keys(first).map((name) => [
    name,
    stack(
      elements.map((element) => element[name]),
      `${path}.${name}`,
    ),
  ]);
  // A tuple stays one.
  return Array.isArray(first) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
}

function namesOf(record: object): string {
  return Object.keys(record).sort().join(", ");
}

function kindOf(value: unknown): string {
  if (isNumeric(value)) return "numbers";
  if (isRecord(value)) return `a record of ${namesOf(value)}`;
  return value === null ? "null" : ArrayBuffer.isView(value) ? value.constructor.name : typeof value;
}

/** @param elements of which some are not what the first is, or none is anything that can be stacked. */
function unalike(elements: readonly unknown[], path: string): ValueError {
  const kinds = elements.map(kindOf);
  const odd = kinds.findIndex((kind) => kind !== kinds[0]);
  return new ValueError({
    problem: `Dataset.batch: elements${path === "" ? "" : `' "${path.slice(1)}"`} cannot be put together.`,
    operands: [0, odd].flatMap((at) => (at < 0 ? [] : [{ name: `number ${at + 1}`, value: kinds[at]! }])),
    fix: "map them to one kind first: NDArrays, typed arrays, numbers, lists of numbers, or records of them by the same names.",
  });
}

function stackArrays(arrays: readonly NDArray[], path: string): NDArray {
  const { shape, dtype, size } = arrays[0]!;
  const data = allocate(dtype, arrays.length * size);
  for (const [index, array] of arrays.entries()) {
    if (formatShape(array.shape) !== formatShape(shape) || array.dtype !== dtype) {
      throw new ShapeError({
        problem: `Dataset.batch: the arrays of one batch differ${path === "" ? "" : ` in "${path.slice(1)}"`}.`,
        operands: [
          { name: "number 1", value: formatShape(shape), note: dtype },
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
