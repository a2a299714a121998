import { MemoryError } from "../../core/errors.ts";
import { formatBytes } from "../../core/format.ts";
import type { Buffer, Plan } from "../../compiler/plan.ts";

/** What a plan needs of the memory, in bytes. */
interface PlanBytes {
  readonly variables: number;
  readonly constants: number;
  readonly arena: number;
}

function bytesOf(plan: Plan): PlanBytes {
  return { variables: sum(plan, "variable"), constants: sum(plan, "constant"), arena: plan.arenaBytes };
}

/** Says what did not fit, what fills the memory, and what to make smaller. */
export function memoryError(plan: Plan, memory: { used: number; limit: number }): MemoryError {
  const { variables, constants, arena } = bytesOf(plan);
  const largest = largestSteps(plan)
    .map(({ name, bytes }) => `${name} ${formatBytes(bytes)}`)
    .join(", ");
  const last = plan.steps.at(-1)?.name ?? "nothing";
  return new MemoryError({
    problem: `wasm: the plan of ${plan.steps.length} steps up to "${last}" does not fit into the memory.`,
    operands: [
      { name: "variables", value: formatBytes(variables) },
      { name: "constants", value: formatBytes(constants) },
      { name: "arena", value: formatBytes(arena), note: largest === "" ? undefined : `largest: ${largest}` },
      { name: "in use", value: formatBytes(memory.used), note: "by what is loaded already" },
      { name: "limit", value: formatBytes(memory.limit) },
    ],
    fix:
      arena >= variables
        ? "reduce the batch size: the arena grows with it. tf.train.fit averages the gradients of several batches: accumulate."
        : "reduce the sizes of the largest variables, or close sessions that are no longer needed.",
  });
}

function sum(plan: Plan, place: Buffer["place"]): number {
  return plan.buffers.reduce((bytes, buffer) => bytes + (buffer.place === place ? buffer.bytes : 0), 0);
}

/** The three steps whose results and workspaces take most of the arena. */
function largestSteps(plan: Plan): { name: string; bytes: number }[] {
  const steps = plan.steps.map(({ name, outputs, workspace }) => {
    const buffers = new Set([...outputs.map(({ buffer }) => buffer), ...(workspace === null ? [] : [workspace])]);
    const inArena = [...buffers].filter(({ place }) => place === "arena");
    return { name, bytes: inArena.reduce((bytes, buffer) => bytes + buffer.bytes, 0) };
  });
  return steps
    .filter(({ bytes }) => bytes > 0)
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, 3);
}
