import * as tf from "millrace";
import type { KernelCase } from "./kernel-case.ts";

/** A case that is built, with its variables in memory: it can be run again and again. */
export interface OpenKernel extends AsyncDisposable {
  /** Operations of one run, as `explain` counts them. */
  readonly flops: number;
  /** The algorithm where there is a choice, else the kernels' names. */
  readonly algorithm: string;
  /** Runs it twice, and measures the second. @returns the seconds that its steps took, without wake-up and copying out. */
  readonly run: () => Promise<number>;
}

export async function openKernel({ build }: KernelCase, backend: tf.Backend): Promise<OpenKernel> {
  const graph = new tf.Graph();
  const session = new tf.Session({ graph, backend });
  const made = graph.asDefault(build);
  // The operation, not its result: nothing is copied out.
  const target = made instanceof tf.Operation ? made : made.op;
  await session.run(tf.variablesInitializer(tf.globalVariables(graph), graph));
  const { totals, steps } = await session.explain(target);
  const longest = steps.toSorted((a, b) => b.flops - a.flops)[0];
  return {
    flops: totals.flops,
    algorithm: longest === undefined ? "" : longest.algorithm || longest.kernel,
    run: async () => {
      const { totals: measured } = await session.explain(target, undefined, { profile: true });
      return (measured.milliseconds ?? Number.NaN) / 1000;
    },
    [Symbol.asyncDispose]: () => session.close(),
  };
}
