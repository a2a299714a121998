/** What repeated measurements come to, on a machine that others use too: medians and quartiles, never means. */

export interface Summary {
  readonly count: number;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** Distance of the quartiles as a share of the median: 0.1 means that the middle half lies within 10%. */
  readonly spread: number;
}

/** @param values at least one. */
export function summarize(values: readonly number[]): Summary {
  const sorted = sort(values);
  const median = quantile(sorted, 0.5);
  return {
    count: sorted.length,
    median,
    min: quantile(sorted, 0),
    max: quantile(sorted, 1),
    spread: (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / median,
  };
}

export interface Ratio {
  readonly median: number;
  /** The true median lies between these with at least 95% confidence; with fewer than 6 rounds they are the extremes. */
  readonly low: number;
  readonly high: number;
}

/**
 * How many times as long `others` took as `ours`, round by round: what slows the machine for a while slows both turns
 * of a round, and falls out of their ratio.
 *
 * @param others, ours durations of the same rounds, at least one.
 */
export function ratioOf(others: readonly number[], ours: readonly number[]): Ratio {
  const ratios = sort(others.map((duration, round) => duration / (ours[round] ?? Number.NaN)));
  const outside = medianRank(ratios.length);
  const last = ratios.length - 1;
  return {
    median: quantile(ratios, 0.5),
    low: ratios[outside] ?? Number.NaN,
    high: ratios[last - outside] ?? Number.NaN,
  };
}

/**
 * How many of `count` sorted values lie outside the interval for the median, on each side: the largest k for which
 * fewer than k + 1 heads in `count` throws of a coin have a chance of at most 2.5%, or 0.
 */
function medianRank(count: number): number {
  let probability = 0.5 ** count;
  let below = probability;
  let rank = 0;
  while (below <= 0.025 && rank < count / 2) {
    rank++;
    probability *= (count - rank + 1) / rank;
    below += probability;
  }
  return Math.max(0, rank - 1);
}

function sort(values: readonly number[]): number[] {
  if (values.length === 0) throw new RangeError("statistics need at least one value");
  return values.toSorted((a, b) => a - b);
}

/** Linear between the two nearest values, as NumPy's default. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}
