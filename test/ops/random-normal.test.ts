import assert from "node:assert/strict";
import { test } from "node:test";
import { ValueError } from "../../src/core/errors.ts";
import { randomNormal } from "../../src/ops/random-normal.ts";
import { testedBackends } from "../support/backends.ts";
import { deviationOf, kolmogorovSmirnov, meanOf, normalBelow } from "../support/distribution.ts";
import { drawOnce } from "../support/draw.ts";
import { testOp } from "../support/test-op.ts";

testOp("randomNormal", {
  build: (_inputs, { shape, ...options }) => randomNormal(shape, { seed: 7, ...options }),
  cases: {
    "a scalar": { $options: { shape: [] } },
    "tail of 16": { $options: { shape: [3, 7] } },
    "several tasks, of 16,384": { $options: { shape: [40003] } },
    "mean 3, deviation 0.1": { $options: { shape: [100], mean: 3, stddev: 0.1 } },
    "no elements": { $options: { shape: [0, 3] } },
  },
  gradient: { none: "it has no inputs" },
  rejects: { "a fractional shape": { inputs: {}, options: { shape: [2.5] }, error: ValueError } },
});

test("randomNormal is normal", async () => {
  const { data } = await drawOnce(testedBackends[0]!.backend, () =>
    randomNormal([50000], { seed: 3, mean: 1, stddev: 2 }),
  );
  assert.ok(Math.abs(meanOf(data) - 1) < (5 * 2) / Math.sqrt(data.length), `mean ${meanOf(data)}`);
  assert.ok(Math.abs(deviationOf(data) - 2) < (5 * 2) / Math.sqrt(2 * data.length), `deviation ${deviationOf(data)}`);
  const distance = kolmogorovSmirnov(data, (x) => normalBelow((x - 1) / 2));
  assert.ok(distance < 1.95, `Kolmogorov-Smirnov ${distance}`);
});

test("randomNormal: neighbours do not depend on each other", async () => {
  const { data } = await drawOnce(testedBackends[0]!.backend, () => randomNormal([50000], { seed: 8 }));
  for (const lag of [1, 2, 3, 4]) {
    const products = Float64Array.from(data.subarray(lag), (value, index) => value * data[index]!);
    assert.ok(Math.abs(meanOf(products)) < 5 / Math.sqrt(data.length), `lag ${lag}: ${meanOf(products)}`);
  }
});
