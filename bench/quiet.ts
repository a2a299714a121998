import { cpus } from "node:os";
import { setTimeout as pause } from "node:timers/promises";

/**
 * The share of the processors that other programs use, while ours wait: 0 on a quiet machine.
 *
 * Others do not only add noise. A peer that gives each of its threads a fixed half of the work waits for the thread that
 * gets no processor; one whose threads take tasks as they come does not. So ratios are true on a quiet machine only.
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

function processorTimes(): { readonly busy: number; readonly total: number } {
  let [busy, total] = [0, 0];
  for (const { times } of cpus()) {
    const sum = times.user + times.nice + times.sys + times.irq + times.idle;
    total += sum;
    busy += sum - times.idle;
  }
  return { busy, total };
}
