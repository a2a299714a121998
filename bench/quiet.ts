import { cpus } from "node:os";
import { setTimeout as pause } from "node:timers/promises";

/**
 * The share of the processors that other programs use, while ours wait: 0 on a quiet machine.
 *
 * Others may do more than add noise: a peer whose threads wait for each other can suffer more from a thread that gets no
 * processor than one whose threads take tasks as they come. Trust ratios from a quiet machine only.
 */
export async function measureOthers(milliseconds = 1000): Promise<number> {
  const before = processorTimes();
  await pause(milliseconds);
  const after = processorTimes();
  const total = after.total - before.total;
  return total === 0 ? 0 : (after.busy - before.busy) / total;
}

/** Above this, a report says that it must not be published. */
export const MOST_OTHERS = 0.1;

export function warningOf(others: number): string[] {
  if (others <= MOST_OTHERS) return [];
  return [`  NOT QUIET: others used ${(others * 100).toFixed(0)}% of the processors; do not publish.`];
}

/** The first attempt in which others left the processors alone, or else the one in which they used least. */
export async function quietest<T extends { readonly others: number }>(
  attempt: () => Promise<T>,
  attempts: number,
): Promise<T> {
  let best = await attempt();
  for (let made = 1; made < attempts && best.others > MOST_OTHERS; made++) {
    const next = await attempt();
    if (next.others < best.others) best = next;
  }
  return best;
}

function processorTimes(): { readonly busy: number; readonly total: number } {
  let [busy, total] = [0, 0];
  for (const { times } of cpus()) {
    const sum = times.user + times.nice + times.sys + times.irq + times.idle;
    total += sum;
    busy += sum - times.idle;
  }
  return { busy, total };
}
