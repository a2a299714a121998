import { compile } from "../../../src/compiler/compile.ts";
import type { Plan } from "../../../src/compiler/plan.ts";
import type { CompileOptions } from "../../../src/compiler/request.ts";
import { Graph } from "../../../src/graph/graph.ts";
import type { Operation } from "../../../src/graph/operation.ts";
import type { Tensor } from "../../../src/graph/tensor.ts";
import { Machine, machineTarget } from "./machine.ts";

/** Builds in a graph of its own. */
export function inGraph<T>(build: (graph: Graph) => T): T {
  return new Graph().asDefault(build);
}

/** A plan for the machine, verified after each pass. */
export function planOf(
  fetches: readonly (Tensor | Operation)[],
  feeds: readonly (readonly [Tensor, readonly number[]])[] = [],
  options: CompileOptions = {},
): Plan {
  return compile({
    graph: fetches[0]!.graph,
    fetches,
    feeds: feeds.map(([tensor, shape]) => ({ tensor, shape })),
    target: machineTarget,
    options: { verify: true, ...options },
  });
}

/** Compiles and runs each set of fetches in turn on one machine, so that variables last. */
export function runAll(...runs: readonly (readonly (Tensor | Operation)[])[]): (number[] | null)[][] {
  const machine = new Machine();
  return runs.map((fetches) => machine.run(planOf(fetches)));
}

/** The ops of a plan's steps, in order: `["MatMul", "Relu"]`. */
export function opsOf({ steps }: Plan): string[] {
  return steps.map(({ op }) => op);
}
