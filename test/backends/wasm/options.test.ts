import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { BackendError, ValueError } from "../../../src/core/errors.ts";
import { Engine } from "../../../src/backends/wasm/engine.ts";
import { measureMachine, wasm } from "../../../src/backends/wasm/index.ts";
import { kernels } from "../../../src/backends/wasm/kernels/index.ts";
import { probeMachine } from "../../../src/backends/wasm/probe.ts";
import { chooseVariant, VARIANTS } from "../../../src/backends/wasm/variant.ts";

describe("wasm()", () => {
  test("the same options give the same backend, others another", async () => {
    const one = wasm({ threads: 2, inlineBytes: 1 });
    assert.equal(wasm({ threads: 2, inlineBytes: 1 }), one);
    assert.notEqual(wasm({ threads: 1, inlineBytes: 1 }), one);
    assert.notEqual(wasm({ threads: 2, inlineBytes: 2 }), one);
    await one.close();
    assert.notEqual(wasm({ threads: 2, inlineBytes: 1 }), one, "a closed backend is not handed out again");
  });

  test("options out of range are refused", async () => {
    for (const threads of [0, 0.5, 1.5, -1, Number.NaN, 5000]) {
      assert.throws(() => wasm({ threads }), ValueError);
      await assert.rejects(measureMachine({ threads }), ValueError);
    }
    for (const memoryLimitBytes of [0, Number.NaN, 2 ** 33]) {
      assert.throws(() => wasm({ memoryLimitBytes }), ValueError);
    }
    for (const inlineBytes of [-1, Number.NaN]) assert.throws(() => wasm({ inlineBytes }), ValueError);
    // @ts-expect-error: not one of the builds.
    assert.throws(() => wasm({ variant: "fast" }), ValueError);
  });

  test("the fastest build that the platform can run is chosen, any of them can be asked for", () => {
    assert.equal(chooseVariant(), "relaxed-shared");
    for (const variant of VARIANTS) assert.equal(chooseVariant(variant), variant);
  });

  test("where memory cannot be shared, the build for one thread is chosen", (context) => {
    const shared = globalThis.SharedArrayBuffer;
    context.after(() => {
      globalThis.SharedArrayBuffer = shared;
    });
    Reflect.deleteProperty(globalThis, "SharedArrayBuffer");
    assert.equal(chooseVariant(), "relaxed");
    assert.throws(
      () => chooseVariant("plain-shared"),
      (error) => error instanceof BackendError && error.message.includes('"relaxed" runs here'),
    );
  });

  test("the probe picks a tile, once", async () => {
    const machine = probeMachine(await Engine.start({ variant: chooseVariant(), threads: 1 }), kernels);
    const tile = machine.tileColumns;
    assert.ok(tile === 8 || tile === 16);
    const start = performance.now();
    assert.equal(machine.tileColumns, tile);
    assert.ok(performance.now() - start < 5);
  });

  test("the machine's speed is measured in plausible numbers", async () => {
    const { variant, threads, gflops, gflopsPerThread, gigabytesPerSecond } = await measureMachine({ threads: 1 });
    assert.deepEqual([variant, threads], ["relaxed-shared", 1]);
    for (const speed of [gflops, gflopsPerThread]) assert.ok(speed > 0.5 && speed < 1000, `${speed} GFLOP/s`);
    assert.ok(gigabytesPerSecond > 0.1 && gigabytesPerSecond < 5000, `${gigabytesPerSecond} GB/s`);
  });
});
