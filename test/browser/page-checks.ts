/** What only a page can show: how threads, memory and the event loop get on there. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "../../src/index.ts";
import type { Backend } from "../../src/runtime/backend.ts";
import { fitPlane } from "./fit-plane.ts";
import "./report.ts";
import { watchEventLoop } from "./watch-event-loop.ts";

const isolated = globalThis.crossOriginIsolated;
const THREADS = isolated ? 2 : 0;

/** Options that no op test has: who asks for the same gets the same backend, and these tests close theirs. */
const own: tf.WasmOptions = { threads: 2, memoryLimitBytes: 2 ** 30 };

// These come before the op tests, whose backends keep their threads.
describe(isolated ? "isolated page" : "page without isolation", () => {
  test("training: the plane fit ends at W = [[0.1, 0.2]], b = [0.3]", async () => {
    const fitted = await fitPlane();
    const expected = [0.1, 0.2, 0.3];
    const near = expected.every((value, index) => Math.abs(value - (fitted[index] ?? Number.NaN)) < 1e-3);
    assert.ok(near, `it ends at ${fitted.join(", ")}`);
  });

  test("kernels for shared memory run on an isolated page, elsewhere they are refused", async () => {
    const make = (): Backend => tf.wasm({ ...own, variant: "plain-shared" });
    if (!isolated) return assert.throws(make, tf.BackendError);
    await onBackend(make(), (backend) => averageOnce(backend, 8));
  });

  test("a plan too small for the crew runs without one", async () => {
    await waitForWorkers(0);
    await onBackend(tf.wasm(own), async (backend) => {
      await averageOnce(backend, 8);
      await sleep(200);
      assert.equal(await window.countWorkers(), 0, "workers");
    });
  });

  test("a bigger plan starts the threads, and closing the backend ends them", async () => {
    await waitForWorkers(0);
    await onBackend(tf.wasm(own), async (backend) => {
      await averageOnce(backend, 512);
      await waitForWorkers(THREADS);
    });
    await waitForWorkers(0);
  });

  // Elsewhere there are no threads, and a run does keep the page waiting.
  if (isolated) {
    test("the page goes on while the crew is at work", () =>
      onBackend(tf.wasm(own), async (backend) => {
        await using averaging = new Averaging(backend, 1024, 20);
        await averaging.run();
        const { duration, turns, frames, longestPause } = await watchEventLoop(() => averaging.run());
        const seen = `in ${duration} ms there were ${turns} turns, ${frames} frames, the longest pause took ${longestPause} ms`;
        assert.ok(duration > 100, `the run is too short to show it: ${seen}`);
        assert.ok(longestPause < duration / 3 && turns > 10 && frames > 2, seen);
      }));
  }
});

/** Products of `[size, size]` matrices, `times` one after the other: averages of columns that are all ones. */
class Averaging {
  readonly #session: tf.Session;
  readonly #ones: tf.Tensor;
  readonly #last: tf.Tensor;
  readonly #feeds: Map<tf.Tensor, tf.NDArray>;

  constructor(backend: Backend, size: number, times: number) {
    const graph = new tf.Graph();
    const weights = graph.asDefault(() => tf.placeholder("float32", [size, size]));
    this.#ones = graph.asDefault(() => tf.placeholder("float32", [size, size]));
    this.#last = graph.asDefault(() => {
      let averages: tf.Tensor = this.#ones;
      for (let time = 0; time < times; time++) averages = tf.matmul(weights, averages);
      return averages;
    });
    const filled = (value: number): tf.NDArray =>
      new tf.NDArray("float32", [size, size], new Float32Array(size * size).fill(value));
    this.#feeds = new Map([
      [weights, filled(1 / size)],
      [this.#ones, filled(1)],
    ]);
    this.#session = new tf.Session({ graph, backend });
  }

  /** Fails unless the averages are ones: size is a power of two, so that they are exact. */
  async run(): Promise<void> {
    const { data } = await this.#session.run(this.#last, this.#feeds);
    assert.ok(
      data.every((value) => value === 1),
      "averages of ones are ones",
    );
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#session.close();
  }
}

async function averageOnce(backend: Backend, size: number): Promise<void> {
  await using averaging = new Averaging(backend, size, 1);
  await averaging.run();
}

async function onBackend(backend: Backend, use: (backend: Backend) => Promise<void>): Promise<void> {
  try {
    await use(backend);
  } finally {
    await backend.close();
  }
}

/** Workers come and go a little later than they are told to. */
async function waitForWorkers(count: number): Promise<void> {
  for (let attempt = 0; attempt < 250; attempt++) {
    if ((await window.countWorkers()) === count) return;
    await sleep(20);
  }
  assert.equal(await window.countWorkers(), count, "workers after five seconds");
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
