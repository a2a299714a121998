import { compile } from "../../../src/compiler/compile.ts";
import type { Plan } from "../../../src/compiler/plan.ts";
import type { CompileOptions } from "../../../src/compiler/request.ts";
import type { HostData } from "../../../src/core/dtype.ts";
import type { Graph } from "../../../src/graph/graph.ts";
import type { Operation } from "../../../src/graph/operation.ts";
import type { Tensor } from "../../../src/graph/tensor.ts";
import type { Backend } from "../../../src/runtime/backend.ts";

/** A training program: run `initialize`, then `fetches` a few times. */
export interface Training {
  readonly graph: Graph;
  readonly initialize: readonly Operation[];
  readonly fetches: readonly (Tensor | Operation)[];
  readonly feeds: readonly (readonly [Tensor, readonly number[], HostData])[];
  /** What is read at the end, beside what was fetched. */
  readonly variables: readonly Tensor[];
}

/** What a training left: the plan of its steps, and the bytes of everything fetched. */
export interface Trained {
  readonly plan: Plan;
  readonly bytes: readonly Buffer[];
}

/** Runs it on a device of its own, with plans made by these options and verified. */
export async function train(
  training: Training,
  backend: Backend,
  options: CompileOptions,
  steps = 2,
): Promise<Trained> {
  const { graph, initialize, fetches, feeds, variables } = training;
  const device = await backend.open();
  try {
    const planOf = (wanted: Training["fetches"], fed: Training["feeds"]): Plan =>
      compile({
        graph,
        fetches: wanted,
        feeds: fed.map(([tensor, shape]) => ({ tensor, shape })),
        target: device.target,
        options: { verify: true, ...options },
      });
    const run = async (plan: Plan, data: readonly HostData[], count: number): Promise<Buffer[]> => {
      const loaded = await device.load(plan);
      const results: Buffer[] = [];
      for (let step = 0; step < count; step++) {
        const fetched = await loaded.run({ feeds: data, counters: plan.randomOps.map(() => step) });
        for (const value of fetched) if (value !== null) results.push(bytesOf(value));
      }
      return results;
    };
    await run(planOf(initialize, []), [], 1);
    const plan = planOf(fetches, feeds);
    const values = await run(
      plan,
      feeds.map(([, , data]) => data),
      steps,
    );
    return { plan, bytes: [...values, ...(await run(planOf(variables, []), [], 1))] };
  } finally {
    await device.close();
  }
}

/** With one NaN for all: which of its bits are set is up to the engine. */
function bytesOf(data: HostData): Buffer {
  const same = data.map((value) => (Number.isNaN(value) ? Number.NaN : value));
  return Buffer.from(same.buffer, same.byteOffset, same.byteLength);
}

/** Positions of results that differ in a bit. */
export function differences(a: Trained, b: Trained): number[] {
  return [...a.bytes.keys()].filter((index) => b.bytes[index] === undefined || !a.bytes[index]!.equals(b.bytes[index]));
}
