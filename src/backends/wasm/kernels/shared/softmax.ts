import { type Launch, launch, type Placed, type PlacedStep } from "../../kernel.ts";
import type { OpName } from "../../../../compiler/plan.ts";
import { rowsOf, splitRows } from "./rows.ts";

/** Exponentials cost several times what a copy does. */
const ELEMENTS_PER_TASK = 4096;

/** One launch of a kernel over rows of classes. @param addresses the record's first fields, as the kernel names them. */
export function launchOverClasses(
  kernel: string,
  { shape }: Placed,
  addresses: Readonly<Record<string, number>>,
): readonly Launch[] {
  const { rows, columns: classes } = rowsOf(shape);
  const { rowsPerTask, tasks } = splitRows({ rows, columns: classes }, ELEMENTS_PER_TASK);
  return [launch(kernel, tasks, { ...addresses, rows, classes, rowsPerTask })];
}

/** Loss and gradient of softmax, for either kind of labels. */
export function launchCrossEntropy(
  kernel: string,
  { inputs: [labels, logits], outputs: [loss, backprop] }: Pick<PlacedStep<OpName>, "inputs" | "outputs">,
): readonly Launch[] {
  const addresses = {
    labels: labels!.address,
    logits: logits!.address,
    loss: loss!.address,
    backprop: backprop!.address,
  };
  return launchOverClasses(kernel, logits!, addresses);
}
