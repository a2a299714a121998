import { allocate, type DType, type HostData, type HostDataOf, holds, requireKnownDType } from "./dtype.ts";
import { DTypeError, ShapeError, ValueError } from "./errors.ts";
import { printValue } from "./print-value.ts";
import { type ConcreteShape, formatShape, type Shape, sizeOf } from "./shape.ts";

/** Nested lists of numbers or booleans, as a feed or a constant is written: `[[1, 2], [3, 4]]`. */
export type NestedArray = number | boolean | readonly NestedArray[];

/** What a program gets back from `session.run`: a dense, row-major array on the host. */
export class NDArray<S extends Shape = Shape, D extends DType = DType> {
  readonly shape: ConcreteShape;
  readonly dtype: D;
  /** The elements, row-major. Changing them changes this array only. */
  readonly data: HostDataOf[D];
  /** Carries the static shape for the type system; never set. */
  declare readonly staticShape?: S;

  /** @throws ShapeError, DTypeError when the data is not as long as the shape says, or of a class that stores another dtype. */
  constructor(dtype: D, shape: ConcreteShape, data: HostDataOf[D]) {
    if (!Array.isArray(shape)) {
      throw new ValueError({
        problem: `NDArray: shape is ${printValue(shape)}, not a list of numbers.`,
        fix: "a shape is a list: [2, 3], or [] for a scalar.",
      });
    }
    if (!holds(data, dtype)) throw misplaced(dtype, data);
    if (data.length !== sizeOf(shape)) {
      throw new ShapeError({
        problem: `NDArray: shape ${formatShape(shape)} holds ${sizeOf(shape)} elements, the data has ${data.length}.`,
        fix: "pass data whose length is the product of the shape.",
      });
    }
    this.dtype = dtype;
    this.shape = shape;
    this.data = data;
  }

  get size(): number {
    return this.data.length;
  }

  get rank(): number {
    return this.shape.length;
  }

  /** The single element of an array of size 1. @throws ShapeError when there are more or none. */
  item(): number {
    const value = this.data[0];
    if (this.data.length !== 1 || value === undefined) {
      throw new ShapeError({
        problem: `item(): an array of shape ${formatShape(this.shape)} has ${this.data.length} elements, not one.`,
        fix: "read `data`, or call `toArray()`.",
      });
    }
    return value;
  }

  /** Nested plain arrays of the same shape; a number for a scalar. Booleans come back as 0 and 1. */
  toArray(): NestedArray {
    return nest(this.data, this.shape, 0, 0);
  }

  /** Like NumPy prints: `[[0.1 0.2]]`. */
  toString(): string {
    return formatElements(this.data, this.shape, this.dtype, 0, 0);
  }
}

/** How each dtype is stored. */
const STORAGE: Readonly<Record<DType, string>> = {
  float32: "a Float32Array",
  int32: "an Int32Array",
  bool: "a Uint8Array of 0 and 1",
  uint8: "a Uint8Array",
};

function misplaced(dtype: DType, data: unknown): DTypeError {
  requireKnownDType(dtype);
  const given = typeof data === "object" && data !== null ? data.constructor.name : String(data);
  return new DTypeError({
    problem: `NDArray: ${dtype} elements are stored in ${STORAGE[dtype]}, the data is ${given}.`,
    fix: `pass ${STORAGE[dtype]}, or the dtype that the data is of.`,
  });
}

function nest(data: HostData, shape: ConcreteShape, axis: number, offset: number): NestedArray {
  if (axis === shape.length) return data[offset] ?? 0;
  const step = sizeOf(shape.slice(axis + 1));
  return Array.from({ length: shape[axis]! }, (_, index) => nest(data, shape, axis + 1, offset + index * step));
}

function formatElements(data: HostData, shape: ConcreteShape, dtype: DType, axis: number, offset: number): string {
  if (axis === shape.length) return formatElement(data[offset] ?? 0, dtype);
  const step = sizeOf(shape.slice(axis + 1));
  const length = shape[axis]!;
  const shown = length > 1000 ? [0, 1, 2, -1, length - 3, length - 2, length - 1] : [...Array(length).keys()];
  const parts = shown.map((index) =>
    index < 0 ? "..." : formatElements(data, shape, dtype, axis + 1, offset + index * step),
  );
  return `[${parts.join(axis === shape.length - 1 ? " " : `\n${" ".repeat(axis + 1)}`)}]`;
}

function formatElement(value: number, dtype: DType): string {
  if (dtype === "bool") return value === 0 ? "false" : "true";
  return dtype === "float32" ? String(Number(value.toPrecision(7))) : String(value);
}

/** The shape of nested lists. @throws ShapeError when they are ragged. */
export function shapeOfNested(value: NestedArray | string): number[] {
  const shape: number[] = [];
  let level: NestedArray | string = value;
  while (isList(level)) {
    shape.push(level.length);
    const first: NestedArray | undefined = level[0];
    if (first === undefined) break;
    level = first;
  }
  return shape;
}

/**
 * Nested lists, a number or a boolean as an array.
 * @throws ShapeError when the lists are ragged. @throws ValueError when an element is no number or boolean, or not one that
 * the dtype holds.
 */
export function fromNested<D extends DType>(value: NestedArray | string, dtype: D): NDArray<Shape, D> {
  const shape = shapeOfNested(value);
  const data = allocate(dtype, sizeOf(shape));
  let at = 0;
  const fill = (part: NestedArray | string, axis: number): void => {
    if (!isList(part)) {
      if (typeof part !== "number" && typeof part !== "boolean") throw noNumber(part, axis);
      if (axis !== shape.length) throw ragged(shape);
      data[at++] = toElement(Number(part), dtype);
      return;
    }
    if (part.length !== shape[axis]) throw ragged(shape);
    // A loop by index: holes of a sparse array must not be skipped.
    for (let index = 0; index < part.length; index++) fill(part[index]!, axis + 1);
  };
  fill(value, 0);
  return new NDArray(dtype, shape, data as HostDataOf[D]);
}

/** A typed array among lists is a row like others. */
function isList(value: unknown): value is readonly NestedArray[] {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

function noNumber(value: unknown, depth: number): ValueError {
  return new ValueError({
    problem: `${depth === 0 ? "the value" : "an element"} is ${printValue(value)}, not a number or boolean.`,
    fix: depth === 0 ? "pass numbers, nested lists of them or arrays." : "pass numbers; tf.stack joins tensors.",
  });
}

/** A copy of the elements, as elements of `dtype`. @throws ValueError when one is not one that the dtype holds. */
export function copyElements(data: HostData, dtype: DType): HostData {
  // Bytes that become bool are looked at one by one: all but 0 are true, which is stored as 1.
  if (holds(data, dtype) && dtype !== "bool") return data.slice();
  const copy = allocate(dtype, data.length);
  for (let index = 0; index < data.length; index++) copy[index] = toElement(data[index]!, dtype);
  return copy;
}

/** What each integer dtype holds. */
const RANGES = { int32: [-(2 ** 31), 2 ** 31 - 1], uint8: [0, 255] } as const;

/** Whether a dtype holds the number as it is; of bool every number is one. */
export function isElement(value: number, dtype: DType): boolean {
  if (dtype === "float32" || dtype === "bool") return true;
  const [low, high] = RANGES[dtype];
  return Number.isInteger(value) && value >= low && value <= high;
}

/**
 * A number as an element of `dtype`: integers are not rounded behind the user's back.
 * @throws ValueError when the dtype does not hold it.
 */
export function toElement(value: number, dtype: DType): number {
  if (dtype === "float32") return value;
  if (dtype === "bool") return value === 0 ? 0 : 1;
  const [low, high] = RANGES[dtype];
  if (isElement(value, dtype)) return value;
  throw new ValueError({
    problem: `${value} is no ${dtype}.`,
    operands: [{ name: dtype, value: `whole numbers from ${low} to ${high}` }],
    fix: `round it, or use float32 (tf.cast(x, "float32") for a tensor it meets).`,
  });
}

function ragged(shape: readonly number[]): ShapeError {
  return new ShapeError({
    problem: `nested lists are ragged: the first elements say ${formatShape(shape)}, others differ.`,
    fix: "make all rows of one depth the same length.",
  });
}
