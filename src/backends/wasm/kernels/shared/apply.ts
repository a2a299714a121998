import { sizeOf } from "../../../../core/shape.ts";
import { type Launch, launch, type PlacedStep, tasksFor, type Word } from "../../kernel.ts";
import type { OpName } from "../../../../compiler/plan.ts";

/**
 * Launches an optimizer's update: the record is the addresses of the op's inputs in order, by `names`, then the number
 * of elements, then whatever `more` adds.
 */
export function applyUpdate(
  kernel: string,
  names: readonly string[],
  { inputs, outputs: [ref] }: Pick<PlacedStep<OpName>, "inputs" | "outputs">,
  more: Readonly<Record<string, Word>> = {},
): Launch[] {
  const n = sizeOf(ref!.shape);
  const addresses = Object.fromEntries(names.map((name, index) => [name, inputs[index]!.address]));
  return [launch(kernel, tasksFor(n), { ...addresses, n, ...more })];
}
