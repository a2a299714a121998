import type { PairedEffect } from "./paired-effect.ts";

export type Verdict = "holds" | "does not hold" | "undecided";

/**
 * What an experiment says of a claim "this is better", measured so that above 0 is as claimed.
 *
 * - It holds when the whole interval is above 0.
 * - It does not hold when the whole interval is below the smallest effect that matters: no gain worth having is left.
 * - Else it is undecided: more seeds, or a longer training, would narrow the interval.
 *
 * @param worthwhile the smallest effect that matters, above 0.
 */
export function verdictOf({ interval }: PairedEffect, worthwhile: number): Verdict {
  if (interval === null) return "undecided";
  const [low, high] = interval;
  if (low > 0) return "holds";
  return high < worthwhile ? "does not hold" : "undecided";
}
