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
  /** Bytes of an element of each: the reference computes in float64. */
  readonly wordBytes: readonly number[];
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
  const wordBytes: number[] = [];
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
        for (const value of fetched) {
          if (value === null) continue;
          results.push(bytesOf(value));
          wordBytes.push(value.BYTES_PER_ELEMENT);
        }
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
    return { plan, bytes: [...values, ...(await run(planOf(variables, []), [], 1))], wordBytes };
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

/** The largest difference of float results, relative to the largest element of each. */
export function largestDifference(a: Trained, b: Trained): number {
  return Math.max(...a.bytes.map((bytes, index) => differenceOf(bytes, b.bytes[index]!, a.wordBytes[index]!)));
}

function differenceOf(a: Buffer, b: Buffer, wordBytes: number): number {
  if (a.length !== b.length) return Infinity;
  const read = (bytes: Buffer, at: number): number =>
    wordBytes === 8 ? bytes.readDoubleLE(at) : bytes.readFloatLE(at);
  let largest = 0;
  let difference = 0;
  for (let at = 0; at < a.length; at += wordBytes) {
    const [x, y] = [read(a, at), read(b, at)];
    if (Object.is(x, y)) continue;
    largest = Math.max(largest, Math.abs(x));
    difference = Math.max(difference, Number.isNaN(x - y) ? Infinity : Math.abs(x - y));
  }
  return difference === 0 ? 0 : difference / Math.max(largest, Number.MIN_VALUE);
}
