/** What the durations of a benchmark come to; every duration counts. */
export interface Statistics {
  readonly mean: number;
  /** Standard deviation of these durations, as in the notes: divided by their number, not by one less. */
  readonly sd: number;
  readonly median: number;
  readonly min: number;
}

/** @param durations at least one, in seconds. */
export function statisticsOf(durations: readonly number[]): Statistics {
  const count = durations.length;
  const mean = durations.reduce((sum, duration) => sum + duration, 0) / count;
  // Not the notes' difference of two large numbers, which rounding may leave below 0.
  const variance = durations.reduce((sum, duration) => sum + (duration - mean) ** 2, 0) / count;
  const sorted = durations.toSorted((a, b) => a - b);
  const middle = (sorted[Math.floor((count - 1) / 2)] ?? mean) + (sorted[Math.ceil((count - 1) / 2)] ?? mean);
  return { mean, sd: Math.sqrt(variance), median: middle / 2, min: sorted[0] ?? mean };
}
