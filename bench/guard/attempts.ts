/** Kernels that seem fallen are measured again: what others took passes, a slower kernel stays slow. */
import { summarize } from "../statistics.ts";

/** Seconds of every round, by kernel. */
export type Seconds = ReadonlyMap<string, readonly number[]>;

export interface AttemptOptions {
  /** Times that a kernel is measured at most, at least 1. */
  readonly attempts: number;
  /** Seconds of a kernel's rounds. */
  readonly measure: (kernel: string) => Promise<readonly number[]>;
  /** The kernels that seem fallen by these measurements. */
  readonly suspects: (seconds: Seconds) => Promise<Iterable<string>>;
}

/** @returns of every kernel the attempt with the best round. */
export async function measureAll(
  kernels: readonly string[],
  { attempts, measure, suspects }: AttemptOptions,
): Promise<Seconds> {
  const seconds = new Map<string, readonly number[]>();
  let open = new Set(kernels);
  for (let attempt = 0; attempt < attempts && open.size > 0; attempt++) {
    for (const kernel of open) {
      const now = await measure(kernel);
      const before = seconds.get(kernel);
      if (before === undefined || summarize(now).min < summarize(before).min) seconds.set(kernel, now);
    }
    open = new Set(await suspects(seconds));
  }
  return seconds;
}
