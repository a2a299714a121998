import assert from "node:assert/strict";
import { test } from "node:test";
import { gradients } from "../../src/autodiff/gradients.ts";
import { ShapeError, ValueError } from "../../src/core/errors.ts";
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

testOp("dropout with shared choices", {
  build: ({ x, ...rest }, options) => dropout(x, { keepProb: 0.5, seed: 5, ...rest, ...options }),
  cases: {
    "whole channels of images": { x: [4, 5, 3, 16], $options: { noiseShape: [null, 1, 1, null] } },
    rows: { x: [40, 7], $options: { noiseShape: [40, 1] } },
    "one choice for all": { x: [3, 4], $options: { noiseShape: [1, 1] } },
    "nothing is shared": { x: [50], $options: { noiseShape: [null] } },
    "a dimension of 1": { x: [30, 1], $options: { noiseShape: [null, 1] } },
    "no elements": { x: [0, 3], $options: { noiseShape: [1, null] } },
  },
  gradient: ["x"],
  rejects: {
    "another rank": {
      inputs: { x: [3, 4] },
      options: { noiseShape: [1] },
      error: ShapeError,
      message: /noiseShape does not fit x[^]*\[3, 4\][^]*\[1\]/,
    },
    "another length": {
      inputs: { x: [3, 4] },
      options: { noiseShape: [2, 1] },
      error: ShapeError,
      message: /\[2, 1\]/,
    },
  },
});

test("dropout of channels drops whole channels of an image, NaN and all, for a batch that is not known before", async () => {
  for (const { name, backend } of testedBackends) {
    const graph = new Graph();
    const [x, y] = graph.asDefault(() => {
      const fed = placeholder("float32", [null, 6, 5, 8]);
      return [fed, dropout(fed, { rate: 0.5, seed: 3, noiseShape: [null, 1, 1, null] })] as const;
    });
    assert.deepEqual(y.shape, [null, 6, 5, 8]);
    await using session = new Session({ graph, backend });
    const images = new NDArray("float32", [9, 6, 5, 8], new Float32Array(9 * 6 * 5 * 8).fill(1));
    const result = await session.run(y, [[x, images]]);
    const channels = new Set<string>();
    let dropped = 0;
    for (let image = 0; image < 9; image++) {
      for (let channel = 0; channel < 8; channel++) {
        const at = (pixel: number): number => result.data[(image * 30 + pixel) * 8 + channel]!;
        const values = new Set(Array.from({ length: 30 }, (_, pixel) => at(pixel)));
        assert.equal(values.size, 1, `${name}: one choice for all pixels of a channel`);
        assert.ok(values.has(0) || values.has(2), name);
        if (values.has(0)) dropped++;
        channels.add(`${channel} ${[...values].join()}`);
      }
    }
    // Five standard deviations around the half of 72; and no channel is always kept or always dropped.
    assert.ok(Math.abs(dropped - 36) < 5 * Math.sqrt(18), `${name}: ${dropped}`);
    assert.equal(channels.size, 16, name);
    const nothing = new NDArray("float32", [1, 6, 5, 8], new Float32Array(240).fill(Number.NaN));
    const kept = new Set((await session.run(y, [[x, nothing]])).data);
    assert.ok(kept.size === 2 && kept.has(0) && kept.has(Number.NaN), `${name}: NaN if kept, and 0 if dropped`);
  }
});

test("dropout that shares choices: of nothing along that dimension, and without a gradient for the probability", async () => {
  const graph = new Graph();
  const [x, keepProb, y] = graph.asDefault(() => {
    const fed = placeholder("float32", [null, 4]);
    const probability = placeholder("float32", []);
    return [fed, probability, dropout(fed, { keepProb: probability, noiseShape: [1, null] })] as const;
  });
  const [dx, dKeepProb] = gradients(y, [x, keepProb]);
  assert.ok(dx !== null && dKeepProb === null);
  for (const { name, backend } of testedBackends) {
    await using session = new Session({ graph, backend });
    const nothing = new NDArray("float32", [0, 4], new Float32Array(0));
    const result = await session.run(y, [
      [x, nothing],
      [keepProb, 0.5],
    ]);
    assert.deepEqual(result.shape, [0, 4], name);
  }
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
