import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { explainPlan } from "../../src/compiler/explain.ts";
import { formatExplanation } from "../../src/compiler/explain-table.ts";
import { flopsOf } from "../../src/compiler/flops.ts";
import { traceOf } from "../../src/compiler/trace.ts";
import {
  conv2d,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  matmul,
  ones,
  placeholder,
  relu,
  variable,
} from "../../src/ops/index.ts";
import { inGraph, planOf } from "./support/build.ts";

describe("flopsOf", () => {
  it("conv2d and both gradients: 2 x batch x out height x out width x out x kernel x in", () =>
    inGraph(() => {
      const x = placeholder("float32", [2, 13, 13, 8]);
      const filter = placeholder("float32", [3, 3, 8, 16]);
      const y = conv2d(x, filter, { padding: "SAME" });
      const attrs = { strides: [1, 1], dilations: [1, 1], padding: "SAME", groups: 1 } as const;
      const plan = planOf(
        [y, conv2dBackpropInput(filter, y, x, attrs), conv2dBackpropFilter(x, y, filter, attrs)],
        [
          [x, [2, 13, 13, 8]],
          [filter, [3, 3, 8, 16]],
        ],
      );
      assert.deepEqual(plan.steps.map(flopsOf), new Array(3).fill(2 * 2 * 13 * 13 * 16 * 9 * 8));
    }));

  it("matmul: 2 x rows x inner x columns; elementwise: its elements", () =>
    inGraph(() => {
      const x = placeholder("float32", [4, 5]);
      const plan = planOf([matmul(x, x, { transposeB: true }), relu(x)], [[x, [4, 5]]]);
      assert.deepEqual(
        plan.steps.map(flopsOf).toSorted((a, b) => a - b),
        [20, 2 * 4 * 5 * 4],
      );
    }));
});

describe("explainPlan", () => {
  it("has a row for each step, totals, and a table", () =>
    inGraph(() => {
      const x = placeholder("float32", [8, 8]);
      const plan = planOf([relu(matmul(x, variable(ones([8, 8])), { name: "dense" }), { name: "y" })], [[x, [8, 8]]]);
      const descriptions = plan.steps.map(() => ({ kernel: "matmul(6x16)", tasks: 2 }));
      const durations = { starts: Float64Array.of(0), ends: Float64Array.of(0.5) };
      const explanation = explainPlan(plan, descriptions, durations);
      const [step] = explanation.steps;
      assert.deepEqual(
        [step?.name, step?.kernel, step?.shapes, step?.bytes, step?.flops, step?.milliseconds, step?.gflopsPerSecond],
        ["y", "matmul(6x16)", "[8, 8] [8, 8] -> [8, 8]", 3 * 256, 1024, 0.5, 1024 / 0.5 / 1e6],
      );
      assert.deepEqual(formatExplanation(explanation).split("\n"), [
        "step  name  kernel        shapes                   tasks  memory  MFLOP     ms  GFLOP/s",
        "   0  y     matmul(6x16)  [8, 8] [8, 8] -> [8, 8]      2   768 B  0.001  0.500      0.0",
        "",
        "1 step, 0.000 GFLOP in 0.500 ms, 0.0 GFLOP/s",
        "memory: 512 B for a run, 256 B of variables, 0 B of constants",
      ]);
      const { traceEvents } = traceOf(explanation, durations);
      assert.deepEqual(
        traceEvents.map(({ name, ph, ts, dur }) => ({ name, ph, ts, dur })),
        [{ name: "y", ph: "X", ts: 0, dur: 500 }],
      );
    }));
});
