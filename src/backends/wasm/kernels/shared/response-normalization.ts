import type { LrnAttrs } from "../../../../ops/lrn.ts";
import { float, type Launch, launch, type Placed } from "../../kernel.ts";
import { roundUp } from "../../../../core/alignment.ts";
import { rowsOf, splitRows } from "./rows.ts";

/** Exponents with a kernel of their own; assembly/power.ts has the same numbers. */
const POWERS: ReadonlyMap<number, number> = new Map([
  [0.5, 1],
  [0.75, 2],
  [1, 3],
]);

/** Twice the work of other elementwise kernels for each element. */
const ELEMENTS_PER_TASK = 8192;

/** A launch of `lrn` or `lrnGrad`; `tensors` are the addresses that its record begins with. */
export function launchLrn(
  kernel: "lrn" | "lrnGrad",
  tensors: Readonly<Record<string, number>>,
  { shape }: Placed,
  { depthRadius, bias, alpha, beta }: LrnAttrs,
): readonly Launch[] {
  const { rows, columns: channels } = rowsOf(shape);
  const { rowsPerTask, tasks } = splitRows({ rows, columns: channels }, ELEMENTS_PER_TASK);
  // Channels further away than there are any are not there.
  const radius = Math.min(depthRadius, channels);
  const args = {
    ...tensors,
    rows,
    channels,
    rowsPerTask,
    radius,
    power: POWERS.get(beta) ?? 0,
    bias: float(bias),
    alpha: float(alpha),
    beta: float(beta),
  };
  const rowsOfScratch = kernel === "lrn" ? 3 : 6;
  return [launch(kernel, tasks, args, rowsOfScratch * rowFloats(channels, radius) * 4)];
}

/** float32 of a row of channels in scratch, with its margins, as in assembly/lrn-row.ts. */
function rowFloats(channels: number, radius: number): number {
  return roundUp(channels, 8) + 2 * roundUp(radius, 8);
}
