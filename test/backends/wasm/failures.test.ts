import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { describe, test } from "node:test";
import { promisify } from "node:util";
import type { Worker } from "node:worker_threads";
import { BackendError, ClosedError, InternalError } from "../../../src/core/errors.ts";
import { float, launch } from "../../../src/backends/wasm/kernel.ts";
import type { KernelTable } from "../../../src/backends/wasm/launches.ts";
import type { LoadedPlan } from "../../../src/runtime/backend.ts";
import { chain, handMadeBackend, handMadeKernels, PlanMaker } from "./hand-made-plans.ts";

/** A plan that runs for a minute unless something ends it. */
async function longRun(backend = handMadeBackend({ table: endless })): Promise<LoadedPlan> {
  const device = await backend.open();
  const maker = new PlanMaker();
  return device.load(maker.plan([], [maker.slow()]));
}

const endless = handMadeKernels({ rounds: 1_000_000_000, tasks: 8 });
const request = { feeds: [], counters: [] };
const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Node.js tells the process of every worker it starts. */
async function workersOf(work: () => Promise<unknown>): Promise<Worker[]> {
  const workers: Worker[] = [];
  const note = (worker: Worker): void => void workers.push(worker);
  process.on("worker", note);
  await work();
  process.off("worker", note);
  return workers;
}

/** Whether a process of its own ends is the test. */
const runInProcess = async (body: string): Promise<string> => {
  const plans = new URL("./hand-made-plans.ts", import.meta.url).href;
  const code = `
    import { chain, handMadeBackend, handMadeKernels, PlanMaker } from "${plans}";
    const backend = handMadeBackend({ table: handMadeKernels({ rounds: 20_000_000, tasks: 2 }) });
    const device = await backend.open();
    ${body}`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["-C", "millrace-source", "--input-type=module", "--eval", code],
    { timeout: 30_000 },
  );
  return stdout;
};

describe("wasm engine, failures", () => {
  test("a worker terminated in the middle of a run: the run is rejected, the backend is broken", async () => {
    const backend = handMadeBackend({ table: endless });
    const loaded = await longRun(backend);
    let run: Promise<unknown> = Promise.resolve();
    const workers = await workersOf(async () => {
      run = Promise.resolve(loaded.run(request));
      await sleep(50);
    });
    const queued = Promise.resolve(loaded.run(request));
    assert.equal(workers.length, 2);
    void workers[1]?.terminate();
    for (const rejected of [run, queued]) {
      await assert.rejects(rejected, (error) => {
        assert.ok(error instanceof BackendError);
        assert.match(error.message, /thread 1 of 2 died/);
        assert.match(error.message, /during +"slow0", kernel peak/);
        return true;
      });
    }
    await assert.rejects(async () => loaded.run(request), BackendError);
    const device = await backend.open();
    await assert.rejects(device.load(chain(1, 8).plan), BackendError);
    await backend.close();
  });

  test("a worker that dies between runs breaks the backend too", async () => {
    const backend = handMadeBackend();
    const device = await backend.open();
    const { plan, feed } = chain(2, 4096);
    const loaded = await device.load(plan);
    const workers = await workersOf(async () => loaded.run({ feeds: [feed], counters: [] }));
    await workers[0]?.terminate();
    await assert.rejects(async () => loaded.run({ feeds: [feed], counters: [] }), BackendError);
    await backend.close();
  });

  for (const inlineBytes of [0, Infinity]) {
    test(`a kernel that traps ${inlineBytes === 0 ? "on a worker" : "on the caller's thread"} is named`, async () => {
      const beyond = 2 ** 32 - 64;
      const table: Pick<KernelTable, "Relu"> = {
        Relu: { launches: () => [launch("streamCopy", 2, { a: beyond, b: beyond, c: 0, count: 64, tasks: 2 })] },
      };
      const loaded = await longRun(handMadeBackend({ table: table as KernelTable, inlineBytes }));
      await assert.rejects(
        async () => loaded.run(request),
        (error) => {
          assert.ok(error instanceof BackendError);
          assert.match(error.message, /memory access out of bounds/);
          assert.match(error.message, /"slow0", kernel streamCopy/);
          return true;
        },
      );
    });
  }

  test("closing the backend rejects the run that is on and the ones that wait", async () => {
    const backend = handMadeBackend({ table: endless });
    const loaded = await longRun(backend);
    const runs = [loaded.run(request), loaded.run(request)];
    await sleep(30);
    const rejected = Promise.all(runs.map((run) => assert.rejects(Promise.resolve(run), ClosedError)));
    await backend.close();
    await rejected;
    await assert.rejects(async () => loaded.run(request), ClosedError);
    await assert.rejects(backend.open(), ClosedError);
    await backend.close();
  });

  test("closing a device lets its run end, then refuses", async () => {
    const backend = handMadeBackend();
    const device = await backend.open();
    const { plan, feed, expected } = chain(50, 65536);
    const loaded = await device.load(plan);
    const run = loaded.run({ feeds: [feed], counters: [] });
    const closing = device.close();
    assert.deepEqual(await run, [expected]);
    await closing;
    await assert.rejects(async () => loaded.run({ feeds: [feed], counters: [] }), ClosedError);
    await assert.rejects(device.load(plan), ClosedError);
    await backend.close();
  });

  test("an unknown kernel, a fraction and a missing argument are bugs of ours, named when the plan is loaded", async () => {
    const bad = [
      { made: launch("noSuchKernel", 1, {}), message: /no kernel "noSuchKernel"/ },
      { made: launch("peak", 1, { rounds: 0.5, y: 0 }), message: /"rounds" of kernel "peak" is 0.5/ },
      { made: launch("peak", 1, { rounds: 1, y: Number.NaN }), message: /"y" of kernel "peak" is NaN/ },
    ];
    for (const { made, message } of bad) {
      const table: Pick<KernelTable, "Relu"> = { Relu: { launches: () => [made] } };
      const backend = handMadeBackend({ table: table as KernelTable });
      await assert.rejects(longRun(backend), (error) => error instanceof InternalError && message.test(error.message));
      await backend.close();
    }
    assert.deepEqual(float(0.5), { float: 0.5 });
  });

  test("a process with an idle crew ends by itself", async () => {
    const output = await runInProcess(`
      const { plan, feed } = chain(3, 4096);
      const loaded = await device.load(plan);
      await loaded.run({ feeds: [feed], counters: [] });
      console.log("done");`);
    assert.equal(output, "done\n");
  });

  test("a process stays while a run is on", async () => {
    const output = await runInProcess(`
      const maker = new PlanMaker();
      const loaded = await device.load(maker.plan([], [maker.slow()]));
      loaded.run({ feeds: [], counters: [] }).then(() => console.log("done"));`);
    assert.equal(output, "done\n");
  });
});
