import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Graph } from "../../../src/graph/graph.ts";
import { MemoryError } from "../../../src/core/errors.ts";
import { variable } from "../../../src/ops/variable.ts";
import { type Launch, launch } from "../../../src/backends/wasm/kernel.ts";
import type { KernelTable } from "../../../src/backends/wasm/launches.ts";
import { Engine } from "../../../src/backends/wasm/engine.ts";
import { chooseVariant, VARIANTS } from "../../../src/backends/wasm/variant.ts";
import { chain, handMadeBackend, handMadeKernels, PlanMaker } from "./hand-made-plans.ts";

/** Every way a tape can be run: on the caller's thread, by crews, with each build. */
const ways = VARIANTS.flatMap((variant) => [
  { variant, threads: 2, inlineBytes: 0 },
  { variant, threads: 2, inlineBytes: Infinity },
]).concat([1, 3].map((threads) => ({ variant: "relaxed-shared", threads, inlineBytes: 0 })));

describe("wasm engine", () => {
  for (const way of ways) {
    const where = way.inlineBytes > 0 ? "on the caller's thread" : `on ${way.threads} threads`;
    test(`${way.variant} ${where}: a chain of steps, one task and many, run after run`, async () => {
      const backend = handMadeBackend(way);
      const device = await backend.open();
      for (const size of [8, 1024, 5 * 1024]) {
        const { plan, feed, expected } = chain(40, size);
        const loaded = await device.load(plan);
        for (let run = 0; run < 30; run++) {
          const [y] = await loaded.run({ feeds: [feed], counters: [] });
          assert.deepEqual(y, expected);
        }
      }
      await backend.close();
    });
  }

  test("steps of one task between steps of many", async () => {
    const backend = handMadeBackend({ threads: 3 });
    const device = await backend.open();
    const maker = new PlanMaker();
    const x = maker.tensor([4096]);
    const small = maker.tensor([8]);
    let sum = maker.triad(x, x);
    let part = maker.triad(small, small);
    for (let round = 0; round < 10; round++) {
      for (let i = 0; i < round; i++) part = maker.triad(part, small);
      sum = maker.triad(sum, x);
    }
    const loaded = await device.load(maker.plan([x, small], [sum, part]));
    const feeds = [new Float32Array(4096).fill(1), new Float32Array(8).fill(2)];
    for (let run = 0; run < 100; run++) {
      const [y, z] = await loaded.run({ feeds, counters: [] });
      assert.deepEqual(y, new Float32Array(4096).fill(34));
      assert.deepEqual(z, new Float32Array(8).fill(8 + 45 * 6));
    }
    await backend.close();
  });

  test("many runs at once are queued, each with its own feeds", async () => {
    const backend = handMadeBackend();
    const [one, two] = [await backend.open(), await backend.open()];
    const { plan } = chain(3, 2048);
    const plans = [await one.load(plan), await two.load(plan)];
    const runs = Array.from({ length: 40 }, async (_, index) => {
      const feed = new Float32Array(2048).fill(index);
      const results = await plans[index % 2]?.run({ feeds: [feed], counters: [] });
      assert.equal(results?.[0]?.[0], index);
    });
    await Promise.all(runs);
    await backend.close();
  });

  test("a plan too small for the crew answers at once, a large one later", async () => {
    const backend = handMadeBackend({ inlineBytes: 65536 });
    const device = await backend.open();
    const small = chain(2, 1024);
    const large = chain(2, 65536);
    const [smallPlan, largePlan] = [await device.load(small.plan), await device.load(large.plan)];
    assert.deepEqual(smallPlan.run({ feeds: [small.feed], counters: [] }), [small.expected]);
    const running = largePlan.run({ feeds: [large.feed], counters: [] });
    assert.ok(running instanceof Promise);
    const queued = smallPlan.run({ feeds: [small.feed], counters: [] });
    assert.ok(queued instanceof Promise, "runs never overlap");
    assert.deepEqual(await running, [large.expected]);
    assert.deepEqual(await queued, [small.expected]);
    await backend.close();
  });

  test("the event loop goes on during a run", async () => {
    const backend = handMadeBackend({ table: handMadeKernels({ rounds: 20_000_000, tasks: 2 }), threads: 1 });
    const device = await backend.open();
    const maker = new PlanMaker();
    const loaded = await device.load(maker.plan([], [maker.slow()]));
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    await loaded.run({ feeds: [], counters: [] });
    clearInterval(timer);
    assert.ok(ticks >= 3, `${ticks} ticks`);
    await backend.close();
  });

  for (const threads of [1, 2]) {
    test(`the arena grows under a loaded plan, ${threads} threads`, async () => {
      for (const inlineBytes of [0, Infinity]) {
        const backend = handMadeBackend({ threads, inlineBytes });
        const device = await backend.open();
        const small = chain(4, 1024);
        const loaded = await device.load(small.plan);
        const check = async (): Promise<void> => {
          assert.deepEqual(await loaded.run({ feeds: [small.feed], counters: [] }), [small.expected]);
        };
        await check();
        for (const size of [2 ** 16, 2 ** 18, 2 ** 20]) {
          const large = chain(3, size);
          const other = await device.load(large.plan);
          await check();
          assert.deepEqual(await other.run({ feeds: [large.feed], counters: [] }), [large.expected]);
          await check();
          other.unload();
        }
        await backend.close();
      }
    });
  }

  test("variables keep their values between runs and plans, each device its own", async () => {
    const backend = handMadeBackend();
    const v = new Graph().asDefault(() => variable([1, 2, 3, 4, 5, 6, 7, 8])).op;
    const addToVariable = (): ReturnType<PlanMaker["plan"]> => {
      const maker = new PlanMaker();
      const storage = maker.variable(v, [8]);
      const x = maker.tensor([8]);
      maker.triad(storage, x, storage);
      return maker.plan([x], [storage]);
    };
    const feeds = [new Float32Array(8).fill(1)];
    const devices = [await backend.open(), await backend.open()];
    for (const device of devices) {
      for (const expected of [3, 6]) {
        const loaded = await device.load(addToVariable());
        assert.deepEqual(await loaded.run({ feeds, counters: [] }), [new Float32Array(8).fill(expected)]);
      }
    }
    await backend.close();
  });

  test("results are copies in memory of their own", async () => {
    const backend = handMadeBackend();
    const device = await backend.open();
    const { plan, feed, expected } = chain(1, 16);
    const loaded = await device.load(plan);
    const [first] = await loaded.run({ feeds: [feed], counters: [] });
    await loaded.run({ feeds: [new Float32Array(16)], counters: [] });
    assert.deepEqual(first, expected);
    assert.ok(first?.buffer instanceof ArrayBuffer);
    await backend.close();
  });

  test("a profile has every step's begin and end, in order", async () => {
    for (const inlineBytes of [0, Infinity]) {
      const backend = handMadeBackend({ inlineBytes });
      const device = await backend.open();
      const { plan, feed } = chain(12, 4096);
      const loaded = await device.load(plan);
      const profile = { starts: new Float64Array(12), ends: new Float64Array(12) };
      await loaded.run({ feeds: [feed], counters: [], profile });
      assert.equal(profile.starts[0], 0);
      for (let step = 0; step < 12; step++) {
        assert.ok((profile.ends[step] ?? 0) >= (profile.starts[step] ?? 0));
        if (step > 0) assert.ok((profile.starts[step] ?? 0) >= (profile.ends[step - 1] ?? 0));
      }
      assert.ok((profile.ends[11] ?? 0) > 0 && (profile.ends[11] ?? 0) < 10_000);
      await backend.close();
    }
  });

  test("what a step is given: its workspace, and the run counter of its random operation", async () => {
    for (const inlineBytes of [0, Infinity]) {
      // 8 words from the counter to the workspace, and from there to the output.
      const copy = (from: number, to: number): Launch =>
        launch("streamCopy", 1, { a: to, b: from, c: 0, count: 8, tasks: 1 });
      const table: Pick<KernelTable, "Relu"> = {
        Relu: {
          launches: ({ counter, workspace, outputs: [y] }) => [
            copy(counter, workspace),
            copy(workspace, y?.address ?? 0),
          ],
        },
      };
      const backend = handMadeBackend({ table: table as KernelTable, inlineBytes });
      const device = await backend.open();
      const maker = new PlanMaker();
      const [workspace, y] = [maker.tensor([8]), { ...maker.slow(), dtype: "int32" as const }];
      const plan = maker.plan([], [y]);
      const random = new Graph().asDefault(() => variable(0)).op;
      const steps = plan.steps.map((step) => ({ ...step, workspace: workspace.buffer, counter: 1 }));
      const loaded = await device.load({ ...plan, steps, randomOps: [random, random, random] });
      for (const run of [0, 1, 2 ** 31 + 5]) {
        const [counters] = await loaded.run({ feeds: [], counters: [7, run, 9] });
        assert.deepEqual(counters?.slice(0, 2), Int32Array.of(run, 9));
      }
      await backend.close();
    }
  });

  test("the prologue runs once, when the plan is loaded", async () => {
    for (const inlineBytes of [0, Infinity]) {
      const backend = handMadeBackend({ inlineBytes });
      const device = await backend.open();
      const maker = new PlanMaker();
      const one = maker.constant(new Float32Array(4096).fill(1));
      const folded = maker.emptyConstant([4096]);
      maker.triad(one, one, folded);
      const prologue = maker.plan([], []).steps.slice();
      const x = maker.tensor([4096]);
      const y = maker.triad(x, folded);
      const plan = maker.plan([x], [y, folded]);
      const loaded = await device.load({ ...plan, prologue, steps: plan.steps.slice(prologue.length) });
      for (let run = 0; run < 3; run++) {
        const results = await loaded.run({ feeds: [new Float32Array(4096).fill(run)], counters: [] });
        assert.deepEqual(results, [new Float32Array(4096).fill(run + 12), new Float32Array(4096).fill(4)]);
      }
      await backend.close();
    }
  });

  test("empty tensors: nothing is launched, empty results come back", async () => {
    const backend = handMadeBackend();
    const device = await backend.open();
    const { plan } = chain(2, 0);
    const loaded = await device.load(plan);
    assert.deepEqual(await loaded.run({ feeds: [new Float32Array(0)], counters: [] }), [new Float32Array(0)]);
    assert.equal(loaded.describe()[0]?.tasks, 0);
    await backend.close();
  });

  test("what does not fit says how much it is and of what; the device goes on", async () => {
    const backend = handMadeBackend({ memoryLimitBytes: 2 ** 22 });
    const device = await backend.open();
    const small = chain(2, 1024);
    const loaded = await device.load(small.plan);
    const large = chain(4, 2 ** 20);
    await assert.rejects(device.load(large.plan), (error) => {
      assert.ok(error instanceof MemoryError);
      assert.match(error.message, /arena +20.0 MiB +largest: triad0 4.0 MiB/);
      assert.match(error.message, /constants +4.0 MiB/);
      assert.match(error.message, /limit +4.0 MiB/);
      assert.match(error.message, /batch size/);
      return true;
    });
    assert.deepEqual(await loaded.run({ feeds: [small.feed], counters: [] }), [small.expected]);
    await backend.close();
  });

  test("an arena grows although the workers' scratch memory lies right behind it", async () => {
    const engine = await Engine.start({ variant: chooseVariant(undefined), threads: 1, memoryLimitBytes: 2 ** 22 });
    const mebibytes = (count: number): number => count * 2 ** 20;
    assert.equal(engine.reserve(mebibytes(1.5), 0), true);
    assert.equal(engine.reserve(0, mebibytes(0.25)), true);
    const before = engine.heap.used;
    // Neither the room of the old arena nor what is left behind the scratch memory would do.
    assert.equal(engine.reserve(mebibytes(2.5), 0), true);
    assert.equal(engine.heap.used - before, mebibytes(1));
    assert.equal(engine.reserve(mebibytes(3.9), 0), false);
    assert.equal(engine.heap.used - before, mebibytes(1), "what was there is there again");
    await engine.close();
  });

  test("loading and unloading for ever takes no more memory", async () => {
    const backend = handMadeBackend({ memoryLimitBytes: 2 ** 21 });
    for (let round = 0; round < 200; round++) {
      const device = await backend.open();
      const { plan, feed } = chain(2, 16384);
      const loaded = await device.load(plan);
      await loaded.run({ feeds: [feed], counters: [] });
      if (round % 2 === 0) loaded.unload();
      await device.close();
    }
    await backend.close();
  });
});
