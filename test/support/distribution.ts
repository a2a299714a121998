/** How samples compare with the distribution they are said to be of. */

/**
 * Kolmogorov and Smirnov's distance between samples and a distribution, times the root of their number: above 1.95 once
 * in a thousand, if the samples are of the distribution.
 */
export function kolmogorovSmirnov(samples: ArrayLike<number>, cumulative: (x: number) => number): number {
  const sorted = Float64Array.from(samples).sort();
  let distance = 0;
  for (const [index, sample] of sorted.entries()) {
    const below = cumulative(sample);
    distance = Math.max(
      distance,
      Math.abs(below - index / sorted.length),
      Math.abs(below - (index + 1) / sorted.length),
    );
  }
  return distance * Math.sqrt(sorted.length);
}

/** The share of a standard normal distribution below x, to 1e-7. */
export function normalBelow(x: number): number {
  // Abramowitz, Stegun, Handbook of Mathematical Functions, 7.1.26.
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * z);
  const polynomial = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const erf = 1 - polynomial * Math.exp(-z * z);
  return x < 0 ? (1 - erf) / 2 : (1 + erf) / 2;
}

export function meanOf(samples: ArrayLike<number>): number {
  return Array.from(samples).reduce((sum, sample) => sum + sample, 0) / samples.length;
}

/** Standard deviation. */
export function deviationOf(samples: ArrayLike<number>): number {
  const mean = meanOf(samples);
  return Math.sqrt(meanOf(Array.from(samples, (sample) => (sample - mean) ** 2)));
}
