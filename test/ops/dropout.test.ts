import assert from "node:assert/strict";
import { test } from "node:test";
import { ValueError } from "../../src/core/errors.ts";
import { NDArray } from "../../src/core/ndarray.ts";
import { Graph } from "../../src/graph/graph.ts";
import { dropout } from "../../src/ops/dropout.ts";
import { ones } from "../../src/ops/zeros.ts";
import { placeholder } from "../../src/ops/placeholder.ts";
import { Session } from "../../src/runtime/session.ts";
import { testedBackends } from "../support/backends.ts";
import { testOp, uniform } from "../support/test-op.ts";

testOp("dropout", {
  // Both outputs: y, and what was kept. A new session draws the same numbers again.
  build: ({ x, ...probability }, options) => dropout(x, { seed: 5, ...probability, ...options }).op.outputs,
  cases: {
    "keepProb=0.5": { x: [3, 50], $options: { keepProb: 0.5 } },
    "rate=0.3, tail": { x: [101], $options: { rate: 0.3 } },
    "keepProb=1 keeps all": { x: [40], $options: { keepProb: 1 } },
    "several tasks": { x: [40000], $options: { keepProb: 0.8 } },
    "a scalar": { x: [], $options: { keepProb: 0.5 } },
    "no elements": { x: [0, 3], $options: { keepProb: 0.5 } },
  },
  gradient: ["x"],
  rejects: {
    "keepProb=0": {
      inputs: { x: [3] },
      options: { keepProb: 0 },
      error: ValueError,
      message: /keepProb is 0[^]*above 0 up to 1/,
    },
    "rate=1": { inputs: { x: [3] }, options: { rate: 1 }, error: ValueError, message: /rate is 1/ },
    "no probability": { inputs: { x: [3] }, options: {}, error: ValueError, message: /rate is missing/ },
  },
});

testOp("dropout with a fed probability", {
  build: ({ x, keepProb }) => dropout(x, { keepProb, seed: 5 }).op.outputs,
  cases: { "keepProb between 0.1 and 0.9": { x: [500], keepProb: uniform([], 0.1, 0.9) } },
  gradient: ["x"],
  nonFinite: { none: "a probability is finite" },
});

test("dropout keeps the expected share, and chooses anew in every run", async () => {
  for (const { name, backend } of testedBackends) {
    const graph = new Graph();
    const y = graph.asDefault(() => dropout(ones([100000]), { keepProb: 0.8, seed: 1 }));
    await using session = new Session({ graph, backend });
    const first = await session.run(y);
    const second = await session.run(y);
    const kept = [...first.data].filter((value) => value !== 0);
    // Five standard deviations of a binomial count.
    assert.ok(Math.abs(kept.length - 80000) < 5 * Math.sqrt(100000 * 0.8 * 0.2), `${name}: kept ${kept.length}`);
    assert.ok(
      kept.every((value) => Math.abs(value - 1.25) < 1e-6),
      name,
    );
    assert.notDeepEqual(first.data, second.data, name);
  }
});

test("one graph trains and tests with a probability that is fed", async () => {
  const graph = new Graph();
  const [y, keepProb] = graph.asDefault(() => {
    const probability = placeholder("float32", []);
    return [dropout(ones([10]), { keepProb: probability }), probability] as const;
  });
  await using session = new Session({ graph, backend: testedBackends[0]!.backend });
  const whole = await session.run(y, [[keepProb, new NDArray("float32", [], Float32Array.of(1))]]);
  assert.deepEqual(whole.toArray(), Array(10).fill(1));
});
