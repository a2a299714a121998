import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Engine } from "../../../src/backends/wasm/engine.ts";
import { launch } from "../../../src/backends/wasm/kernel.ts";
import { openPeak } from "../../../src/backends/wasm/measure.ts";
import { tapeBytes, writeTape } from "../../../src/backends/wasm/tape.ts";
import { chooseVariant } from "../../../src/backends/wasm/variant.ts";

describe("wasm: the peak", () => {
  test("a round of the loop is 12 chains of 8 multiply-adds", async () => {
    const engine = await Engine.start({ variant: chooseVariant(), threads: 1 });
    const y = engine.heap.allocate(64) ?? 0;
    const rounds = 1000;
    // Each multiply-add adds 1 to a sum; the sums begin at 0, 1 .. 11 and end added up, lane by lane.
    const lanes = engine.heap.floats.subarray(y >>> 2, (y >>> 2) + 8);
    lanes.fill(1);
    const launches = [{ launch: launch("peak", 1, { rounds, y }), step: "peak" }];
    const address = engine.heap.allocate(tapeBytes(launches)) ?? 0;
    await engine.run(writeTape(engine.heap, address, launches, engine.kernels));
    assert.deepEqual([...lanes], Array(8).fill(66 + 12 * rounds));
    await engine.close();
  });

  test("an open loop runs again and again, twice as much on two threads, and does not run when closed", async () => {
    const [one, two] = [
      await openPeak({ variant: chooseVariant(), threads: 1 }),
      await openPeak({ variant: chooseVariant(), threads: 2 }),
    ];
    // 8 tasks a thread, a million rounds each, of 12 chains, 8 lanes, multiply and add.
    assert.deepEqual([one.flops, two.flops], [8 * 1e6 * 192, 16 * 1e6 * 192]);
    for (const loop of [one, two]) {
      await loop.run();
      await loop.run();
      await loop.close();
      await assert.rejects(loop.run(), /the wasm backend is closed/);
    }
  });
});
