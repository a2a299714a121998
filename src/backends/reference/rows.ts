import type { Values } from "./kernel.ts";

/** The rows along the last axis, as views. */
export function rowsOf({ shape, data }: Values): Float64Array[] {
  const length = shape.at(-1) ?? 1;
  const count = length === 0 ? 0 : data.length / length;
  return Array.from({ length: count }, (_, row) => data.subarray(row * length, (row + 1) * length));
}

/** The largest element; NaN when there is one, -Infinity of none. */
export function maximumOf(row: Float64Array): number {
  return row.reduce((largest, value) => Math.max(largest, value), Number.NEGATIVE_INFINITY);
}
