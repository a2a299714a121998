import { allocate, type DType, type HostData, type HostDataOf } from "./dtype.ts";
import { ShapeError, ValueError } from "./errors.ts";
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

  constructor(dtype: D, shape: ConcreteShape, data: HostDataOf[D]) {
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
  while (typeof level === "object") {
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
    if (typeof part !== "object") {
      if (axis !== shape.length) throw ragged(shape);
      if (typeof part !== "number" && typeof part !== "boolean") {
        throw new ValueError({
          problem: `an element is ${typeof part}, not a number or boolean.`,
          fix: "pass numbers.",
        });
      }
      data[at++] = element(Number(part), dtype);
      return;
    }
    if (part.length !== shape[axis]) throw ragged(shape);
    // A loop by index: holes of a sparse array must not be skipped.
    for (let index = 0; index < part.length; index++) fill(part[index]!, axis + 1);
  };
  fill(value, 0);
  return new NDArray(dtype, shape, data as HostDataOf[D]);
}

/** What each integer dtype holds. */
const RANGES = { int32: [-(2 ** 31), 2 ** 31 - 1], uint8: [0, 255] } as const;

/** A number as an element of `dtype`: integers are not rounded behind the user's back. */
function element(value: number, dtype: DType): number {
  if (dtype === "float32") return value;
  if (dtype === "bool") return value === 0 ? 0 : 1;
  const [low, high] = RANGES[dtype];
  if (Number.isInteger(value) && value >= low && value <= high) return value;
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
