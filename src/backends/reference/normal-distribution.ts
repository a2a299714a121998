/** The standard normal distribution in float64, for `gelu`. */

/** Its density at x. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/** The probability of at most x. Relative error below 1e-13, in the lower tail too. */
export function normalProbability(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 0) return 1 - normalProbability(-x);
  return x > -3 ? 0.5 - bulk(-x) : tail(-x);
}

/** P(0 <= X <= t) = p(t) (t + t^3/3 + t^5/(3*5) + ...). Abramowitz, Stegun, 26.2.11. */
function bulk(t: number): number {
  let term = t;
  let sum = t;
  for (let odd = 3; Math.abs(term) > Math.abs(sum) * 1e-17; odd += 2) {
    term *= (t * t) / odd;
    sum += term;
  }
  return normalDensity(t) * sum;
}

/** P(X >= t) = p(t) / (t + 1/(t + 2/(t + 3/(t + ...)))) for t >= 3. Abramowitz, Stegun, 26.2.14. */
function tail(t: number): number {
  let fraction = t;
  for (let k = 120; k >= 1; k--) fraction = t + k / fraction;
  return normalDensity(t) / fraction;
}
