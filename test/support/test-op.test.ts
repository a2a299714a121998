import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { kernels } from "../../src/backends/wasm/kernels/index.ts";
import { chooseVariant } from "../../src/backends/wasm/variant.ts";
import { WasmBackend } from "../../src/backends/wasm/wasm-backend.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { apply } from "../../src/ops/shared/define-op.ts";
import { mul, relu, Square, square, stopGradient } from "../../src/ops/index.ts";
import { checkCase } from "./test-op.ts";

/** A wasm backend whose table has one wrong entry: relu runs as neg. */
function brokenBackend(): WasmBackend {
  const options = { threads: 1, variant: chooseVariant(), memoryLimitBytes: undefined, inlineBytes: 1 << 20 };
  return new WasmBackend(
    options,
    { ...kernels, Relu: { launches: (step, machine) => kernels.Neg.launches({ ...step, attrs: {} }, machine) } },
    () => {},
  );
}

describe("testOp finds planted errors", () => {
  test("a gradient without its factor of two", async () => {
    const Wrong: typeof Square = {
      ...Square,
      gradient: ({ inputs: { x }, dy }) => ({ x: mul(dy, x) }),
    };
    const build = ({ x }: { x: Tensor }): Tensor => apply(Wrong, { x }, {});
    await assert.rejects(checkCase({ build, cases: {} }, { x: [3, 4] }, {}), /finite differences/);
    await checkCase({ build: ({ x }: { x: Tensor }) => square(x), cases: {} }, { x: [3, 4] }, {});
  });

  test("a gradient whose own gradient is wrong", async () => {
    const Wrong: typeof Square = {
      ...Square,
      gradient: ({ inputs: { x }, dy }) => ({ x: mul(dy, mul(stopGradient(x), 2)) }),
    };
    const build = ({ x }: { x: Tensor }): Tensor => apply(Wrong, { x }, {});
    await assert.rejects(
      checkCase({ build, cases: {} }, { x: [3, 4] }, {}),
      /second derivative: .* finite differences/,
    );
  });

  test("a wasm kernel that computes another op", async () => {
    const backend = brokenBackend();
    const build = ({ x }: { x: Tensor }): Tensor => relu(x);
    await assert.rejects(
      checkCase({ build, cases: {} }, { x: [2, 9] }, {}, [{ name: "broken", backend }]),
      /broken: output 0/,
    );
    await backend.close();
  });

  test("an input that no gradient reaches", async () => {
    const build = ({ x }: { x: Tensor; unused: Tensor }): Tensor => square(x);
    await assert.rejects(
      checkCase({ build, cases: {} }, { x: [2], unused: [2] }, {}),
      /no gradient for input "unused"/,
    );
  });
});
