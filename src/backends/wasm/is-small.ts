import type { Step } from "../../compiler/plan.ts";
import type { NamedLaunch } from "./tape.ts";

/** Launches of a single task each may touch this many times more bytes. */
const SINGLE_TASK_FACTOR = 32;

/**
 * Whether waking the crew (60 to 90 microseconds) would cost more than it saves. Launches of a single task each gain
 * nothing from a crew, so many more of them may run on the caller's thread before its event loop is kept waiting too long.
 * @param inlineBytes what steps of many tasks may touch, inputs and outputs counted at every step.
 */
export function isSmall(steps: readonly Step[], launches: readonly NamedLaunch[], inlineBytes: number): boolean {
  const limit = launches.every(({ launch }) => launch.tasks === 1) ? inlineBytes * SINGLE_TASK_FACTOR : inlineBytes;
  let touched = 0;
  for (const { inputs, outputs } of steps) {
    for (const { buffer } of inputs) touched += buffer.bytes;
    for (const { buffer } of outputs) touched += buffer.bytes;
  }
  return touched <= limit;
}
