/**
 * A static shape: one entry per dimension, in order. `null` is a dimension that is unknown until run time (a batch
 * size fed through a placeholder); the rank is always known.
 */
export type Shape = readonly (number | null)[];

/** A shape with every dimension known, as the compiler and the kernels see it. */
export type ConcreteShape = readonly number[];

/** Number of elements of a concrete shape; 1 for a scalar, 0 when any dimension is 0. */
export function sizeOf(shape: ConcreteShape): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

export function isConcrete(shape: Shape): shape is ConcreteShape {
  return shape.every((dimension) => dimension !== null);
}

/** Number of elements, or `null` when a dimension is unknown. */
export function staticSize(shape: Shape): number | null {
  return isConcrete(shape) ? sizeOf(shape) : null;
}

/** Row-major strides in elements: `stridesOf([2, 3, 4])` is `[12, 4, 1]`. */
export function stridesOf(shape: ConcreteShape): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1]! * shape[axis + 1]!;
  return strides;
}

/** `[32, null, 3]` as people read it: `[32, ?, 3]`. */
export function formatShape(shape: Shape): string {
  return `[${shape.map((dimension) => dimension ?? "?").join(", ")}]`;
}

/** True when the two shapes can be the same at run time: equal ranks, and no dimension known to differ. */
export function isCompatible(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dimension, axis) => dimensionsAgree(dimension, b[axis]!));
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dimension, axis) => dimension === b[axis]);
}

/** True unless both dimensions are known and differ. */
export function dimensionsAgree(a: number | null, b: number | null): boolean {
  return a === null || b === null || a === b;
}

/**
 * The shape two operands broadcast to (NumPy's rules: align at the last axis, 1 stretches), or `null` when they do not.
 * An unknown dimension against d > 1 becomes d; against 1 or another unknown it stays unknown.
 */
export function broadcastShapes(a: Shape, b: Shape): Shape | null {
  const rank = Math.max(a.length, b.length);
  const result: (number | null)[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const left = axis < rank - a.length ? 1 : a[axis - (rank - a.length)]!;
    const right = axis < rank - b.length ? 1 : b[axis - (rank - b.length)]!;
    const merged = broadcastDimensions(left, right);
    if (merged === undefined) return null;
    result.push(merged);
  }
  return result;
}

function broadcastDimensions(a: number | null, b: number | null): number | null | undefined {
  if (a === b || b === 1) return a;
  if (a === 1) return b;
  if (a === null) return b;
  if (b === null) return a;
  return undefined;
}

/**
 * Axes counted from the front, sorted and unique. `undefined` means all axes.
 * @returns `null` when an axis lies outside `-rank .. rank - 1`.
 */
export function normalizeAxes(axes: number | readonly number[] | undefined, rank: number): number[] | null {
  if (axes === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  const list: readonly number[] = Array.isArray(axes) ? axes : [axes as number];
  if (list.some((axis) => !Number.isInteger(axis) || axis < -rank || axis >= rank)) return null;
  return [...new Set(list.map((axis) => (axis < 0 ? axis + rank : axis)))].sort((a, b) => a - b);
}

/** The shape after reducing `axes` (already normalized). */
export function reduceShape(shape: Shape, axes: readonly number[], keepDims: boolean): Shape {
  if (keepDims) return shape.map((dimension, axis) => (axes.includes(axis) ? 1 : dimension));
  return shape.filter((_, axis) => !axes.includes(axis));
}
