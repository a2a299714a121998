/// <reference types="vite/client" />
/** Runs every op test of the suite in a page, against the built package, and leaves the outcome in `window.outcome`. */
import * as tf from "../../src/index.ts";
import { collected } from "./node-test.ts";

export interface Outcome {
  readonly crossOriginIsolated: boolean;
  readonly passed: number;
  readonly failures: readonly { readonly title: string; readonly message: string }[];
  /** Ends of the learning notes' first program, run in the page: W and b. */
  readonly plane: readonly number[];
}

declare global {
  interface Window {
    outcome?: Outcome | { readonly crash: string };
    progress?: string;
  }
}

async function runAll(): Promise<Outcome> {
  const files = import.meta.glob("../ops/*.test.ts");
  for (const load of Object.values(files)) await load();
  const failures: { title: string; message: string }[] = [];
  for (const [index, { title, run }] of collected.entries()) {
    window.progress = `${index + 1} of ${collected.length}: ${title}`;
    try {
      await run();
    } catch (error) {
      failures.push({ title, message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
    }
  }
  const passed = collected.length - failures.length;
  return { crossOriginIsolated: window.crossOriginIsolated, passed, failures, plane: await fitPlane() };
}

/** The notes' first program on the default backend. */
async function fitPlane(): Promise<number[]> {
  return new tf.Graph().asDefault(async () => {
    tf.setRandomSeed(1);
    const points = Array.from({ length: 100 }, (_, i) => [(i * 0.37) % 1, (i * 0.61) % 1] as const);
    const x = [points.map(([a]) => a), points.map(([, b]) => b)];
    const y = points.map(([a, b]) => 0.1 * a + 0.2 * b + 0.3);
    const b = tf.variable(tf.zeros([1]));
    const w = tf.variable(tf.randomUniform([1, 2], { minval: -1, maxval: 1 }));
    const loss = tf.reduceMean(tf.square(tf.matmul(w, x).add(b).sub([y])));
    const step = new tf.train.GradientDescentOptimizer(0.5).minimize(loss);
    await using session = new tf.Session();
    await session.run(tf.globalVariablesInitializer());
    for (let i = 0; i < 400; i++) await session.run(step);
    const [weights, bias] = await session.run([w, b]);
    return [...weights.data, ...bias.data];
  });
}

runAll().then(
  (outcome) => {
    window.outcome = outcome;
  },
  (error: unknown) => {
    window.outcome = { crash: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  },
);
