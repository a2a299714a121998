/** What the differences of matched pairs say: their mean, and where the true one lies with 95 % confidence. */
export interface PairedEffect {
  /** Pairs. */
  readonly count: number;
  readonly mean: number;
  /** Standard deviation of the differences, with n - 1; 0 of a single pair. */
  readonly deviation: number;
  /** Student's interval; null when a single pair leaves it without bounds. */
  readonly interval: readonly [low: number, high: number] | null;
}

export const CONFIDENCE = 0.95;

/**
 * Student's t interval of paired differences. It supposes that they scatter about normally.
 *
 * @param differences one for each pair, at least one.
 * @see Student, "The probable error of a mean", Biometrika 6, 1908; Box, Hunter, Hunter, Statistics for experimenters,
 * 2005, section 3.3, for why pairs.
 */
export function pairedEffect(differences: readonly number[]): PairedEffect {
  const count = differences.length;
  const mean = meanOf(differences);
  const deviation = deviationOf(differences);
  if (count < 2) return { count, mean, deviation, interval: null };
  const half = (studentQuantile(CONFIDENCE, count - 1) * deviation) / Math.sqrt(count);
  return { count, mean, deviation, interval: [mean - half, mean + half] };
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** With n - 1; 0 of a single value. */
export function deviationOf(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/** The t that a Student variable stays within, on both sides, with this probability. */
export function studentQuantile(probability: number, degrees: number): number {
  let low = 0;
  let high = 1;
  while (probabilityWithin(high, degrees) < probability) high *= 2;
  // 60 halvings: to the last bit.
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (probabilityWithin(middle, degrees) < probability) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * P(|T| < t) for a whole number of degrees of freedom.
 * @see Abramowitz, Stegun, Handbook of mathematical functions, 1964, 26.7.3 and 26.7.4.
 */
function probabilityWithin(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const cosine = Math.cos(angle);
  const isOdd = degrees % 2 === 1;
  // cos + 2/3 cos³ + 2·4/(3·5) cos⁵ ... for odd degrees, 1 + 1/2 cos² + 1·3/(2·4) cos⁴ ... for even ones.
  let term = isOdd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let power = isOdd ? 3 : 2; power <= degrees - 2; power += 2) {
    term *= ((power - 1) / power) * cosine ** 2;
    sum += term;
  }
  const series = Math.sin(angle) * sum;
  return isOdd ? (2 / Math.PI) * (angle + series) : series;
}
