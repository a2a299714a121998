/** Whether two peers computed the same: nobody is timed who did not. */

/** float32 sums of thousands of terms in another order, through layers with kinks, differ by less. */
const RELATIVE_TOLERANCE = 1e-3;

/** Why values differ, or null when they agree. */
export function disagreement(ours: readonly number[], theirs: readonly number[]): string | null {
  if (ours.length !== theirs.length) return `${theirs.length} results instead of ${ours.length}`;
  const index = ours.findIndex((value, i) => !agree(value, theirs[i] ?? Number.NaN));
  return index < 0 ? null : `result ${index} is ${theirs[index]} instead of ${ours[index]}`;
}

function agree(a: number, b: number): boolean {
  return Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}
