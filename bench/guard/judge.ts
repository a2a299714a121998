/** When a ratio has fallen: by more than what the same run's noise explains. */
import { type Ratio, ratioOf, summarize } from "../statistics.ts";

/** A kernel's rounds, in seconds: those of this tree, of this tree again, and of another revision. */
export interface Rounds {
  readonly kernel: string;
  readonly ours: readonly number[];
  /** The same code in a second process: how much a ratio differs when nothing has changed. */
  readonly oursAgain: readonly number[];
  readonly theirs: readonly number[];
}

export interface Judgement {
  readonly kernel: string;
  /** Seconds of this tree for each second of the other revision: above 1 is slower. */
  readonly ratio: Ratio;
  /** How far from 1 the ratio of this tree to itself may lie. */
  readonly noise: number;
  readonly fallen: boolean;
}

/** Below this nobody would look for the reason. */
const LEAST_FALL = 0.03;

export function judge({ kernel, ours, oursAgain, theirs }: Rounds): Judgement {
  const ratio = ratioOf(ours, theirs);
  const again = ratioOf(oursAgain, ours);
  const noise = Math.max(Math.abs(again.low - 1), Math.abs(again.high - 1));
  // All of the interval has to lie beyond the noise: one slow round is no reason.
  return { kernel, ratio, noise, fallen: ratio.low > 1 + Math.max(noise, LEAST_FALL) };
}

/** Whether a share is below a floor in every likely case: by its best round, which others disturbed least. */
export function isBelow(floor: number, seconds: readonly number[], limitSeconds: number): boolean {
  return limitSeconds / summarize(seconds).min < floor;
}
