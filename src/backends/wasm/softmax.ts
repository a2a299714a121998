import { type Launch, launch, type PlacedStep } from "./kernel.ts";
import { rowsOf, splitRows } from "./rows.ts";

/** Exponentials cost several times what a copy does. */
const ELEMENTS_PER_TASK = 4096;

/** One launch of a kernel over rows of classes: the addresses of all inputs and outputs, then the rows. */
export function launchOverClasses(
  kernel: string,
  { inputs, outputs }: Pick<PlacedStep<"Softmax">, "inputs" | "outputs">,
  logits: number,
): readonly Launch[] {
  const { rows, columns: classes } = rowsOf(inputs[logits]!.shape);
  const { rowsPerTask, tasks } = splitRows({ rows, columns: classes }, ELEMENTS_PER_TASK);
  const addresses = Object.fromEntries(
    [...inputs, ...outputs].map(({ address }, index) => [`tensor${index}`, address]),
  );
  return [launch(kernel, tasks, { ...addresses, rows, classes, rowsPerTask })];
}
