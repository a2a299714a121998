/** How values are spread. */
export interface Histogram {
  readonly min: number;
  readonly max: number;
  readonly count: number;
  readonly sum: number;
  readonly sumOfSquares: number;
  /** Upper ends of the buckets, rising. */
  readonly limits: readonly number[];
  /** Values in each. */
  readonly counts: readonly number[];
}

const BUCKETS = 40;

/** Even buckets from the least to the greatest value; NaN and infinities are left out. */
export function histogramOf(values: ArrayLike<number>): Histogram {
  let [min, max, count, sum, sumOfSquares] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0];
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    sumOfSquares += value * value;
    count++;
  }
  if (count === 0) return { min: 0, max: 0, count, sum, sumOfSquares, limits: [0], counts: [0] };
  const width = (max - min) / BUCKETS;
  if (width === 0)
    return {
      min,
      max,
      count,
      sum,
      sumOfSquares,
      limits: [min, min + Math.max(Math.abs(min), 1) * 1e-6],
      counts: [0, count],
    };
  const counts = new Array<number>(BUCKETS).fill(0);
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (!Number.isFinite(value)) continue;
    const bucket = Math.min(Math.floor((value - min) / width), BUCKETS - 1);
    counts[bucket] = counts[bucket]! + 1;
  }
  const limits = counts.map((_, bucket) => (bucket === BUCKETS - 1 ? max : min + (bucket + 1) * width));
  return { min, max, count, sum, sumOfSquares, limits, counts };
}
