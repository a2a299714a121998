import assert from "node:assert/strict";
import { test } from "node:test";
import { ValueError } from "../../src/core/errors.ts";
import { randomNormal } from "../../src/ops/random-normal.ts";
import { truncatedNormal } from "../../src/ops/truncated-normal.ts";
import { testedBackends } from "../support/backends.ts";
import { kolmogorovSmirnov, meanOf, normalBelow } from "../support/distribution.ts";
import { drawOnce } from "../support/draw.ts";
import { testOp } from "../support/test-op.ts";

testOp("truncatedNormal", {
  build: (_inputs, { shape, ...options }) => truncatedNormal(shape, { seed: 7, ...options }),
  cases: {
    "a scalar": { $options: { shape: [] } },
    "tail of 16": { $options: { shape: [3, 7] } },
    "several tasks, of 16,384": { $options: { shape: [40003] } },
    "deviation 0.1": { $options: { shape: [100], mean: 1, stddev: 0.1 } },
    "no elements": { $options: { shape: [0, 3] } },
  },
  gradient: { none: "it has no inputs" },
  rejects: { "a negative dimension": { inputs: {}, options: { shape: [-1] }, error: ValueError } },
});

test("truncatedNormal is normal within two deviations, and nothing else", async () => {
  const { data } = await drawOnce(testedBackends[0]!.backend, () => truncatedNormal([50000], { seed: 3 }));
  assert.ok(data.every((value) => Math.abs(value) <= 2));
  assert.ok(Math.abs(meanOf(data)) < 5 / Math.sqrt(data.length), `mean ${meanOf(data)}`);
  const inside = normalBelow(2) - normalBelow(-2);
  const distance = kolmogorovSmirnov(data, (x) => (normalBelow(x) - normalBelow(-2)) / inside);
  assert.ok(distance < 1.95, `Kolmogorov-Smirnov ${distance}`);
});

test("truncatedNormal keeps what randomNormal draws inside", async () => {
  const { backend } = testedBackends[0]!;
  const drawn = await drawOnce(backend, () => randomNormal([5000], { seed: 3 }));
  const kept = await drawOnce(backend, () => truncatedNormal([5000], { seed: 3 }));
  for (const [index, value] of drawn.data.entries()) {
    if (Math.abs(value) <= 2) assert.equal(kept.data[index], value);
    else assert.notEqual(kept.data[index], value);
  }
});
