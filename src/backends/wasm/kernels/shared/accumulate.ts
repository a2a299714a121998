import { DTypeError } from "../../../../core/errors.ts";
import { sizeOf } from "../../../../core/shape.ts";
import type { OpName } from "../../../../compiler/plan.ts";
import { type Launch, launch, type PlacedStep, tasksFor } from "../../kernel.ts";

const KERNEL_OF = { float32: "accumulateFloat", int32: "accumulateInt", uint8: "accumulateByte" } as const;

/** ref ← ref + sign * value, elementwise, in the variable's storage. */
export function accumulate(
  { name, inputs: [, value], outputs: [ref] }: Pick<PlacedStep<OpName>, "name" | "inputs" | "outputs">,
  sign: 1 | -1,
): Launch[] {
  if (ref!.dtype === "bool") {
    throw new DTypeError({
      problem: `assign: "${name}" adds to a bool variable.`,
      operands: [{ name: "ref", value: "bool" }],
      fix: "use tf.assign with a logical op.",
    });
  }
  const n = sizeOf(ref!.shape);
  return [launch(KERNEL_OF[ref!.dtype], tasksFor(n), { ref: ref!.address, value: value!.address, n, sign })];
}
