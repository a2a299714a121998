/** Bytes of a cache line, and of the widest vector: what lies in memory begins at a multiple of it. */
export const CACHE_LINE = 64;

/** The least multiple of `unit` that is not below `value`. */
export function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}
