import assert from "node:assert/strict";
import { test } from "node:test";
import { ValueError } from "../../src/core/errors.ts";
import { randomUniform } from "../../src/ops/random-uniform.ts";
import { referenceBackend, testedBackends } from "../support/backends.ts";
import { deviationOf, kolmogorovSmirnov, meanOf } from "../support/distribution.ts";
import { drawOnce } from "../support/draw.ts";
import { testOp } from "../support/test-op.ts";

testOp("randomUniform", {
  build: (_inputs, { shape, ...options }) => randomUniform(shape, { seed: 7, ...options }),
  cases: {
    "a scalar": { $options: { shape: [] } },
    "tail of 16": { $options: { shape: [3, 7] } },
    "several tasks, of 16,384": { $options: { shape: [40003] } },
    "from -3 to 5": { $options: { shape: [100], minval: -3, maxval: 5 } },
    "an empty range": { $options: { shape: [4], minval: 2, maxval: 2 } },
    int32: { $options: { shape: [50], dtype: "int32", minval: -10, maxval: 10 } },
    "all of int32": { $options: { shape: [50], dtype: "int32", minval: -(2 ** 31), maxval: 2 ** 31 - 1 } },
    "no elements": { $options: { shape: [0, 3] } },
  },
  gradient: { none: "it has no inputs" },
  tolerance: { rtol: 0, atol: 0, why: "the same bits everywhere" },
  rejects: {
    "a range upside down": {
      inputs: {},
      options: { shape: [3], minval: 1, maxval: 0 },
      error: ValueError,
      message: /minval is 1, maxval 0/,
    },
    "int32 without maxval": {
      inputs: {},
      options: { shape: [3], dtype: "int32" },
      error: ValueError,
      message: /pass integers/,
    },
    "a fraction as bound of int32": {
      inputs: {},
      options: { shape: [3], dtype: "int32", maxval: 2.5 },
      error: ValueError,
    },
    "a fractional shape": { inputs: {}, options: { shape: [2.5] }, error: ValueError, message: /shape is \[2.5\]/ },
    "a fractional seed": { inputs: {}, options: { shape: [2], seed: 0.5 }, error: ValueError, message: /seed is 0.5/ },
  },
});

test("randomUniform: the first numbers follow from Philox's known answer", async () => {
  const words = [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8];
  for (const { name, backend } of [{ name: "reference", backend: referenceBackend }, ...testedBackends]) {
    const numbers = await drawOnce(backend, () => randomUniform([4], { seed: 0 }), 0);
    assert.deepEqual(
      [...numbers.data],
      words.map((word) => Math.floor(word / 256) / 2 ** 24),
      name,
    );
  }
});

test("randomUniform is uniform", async () => {
  const { data } = await drawOnce(testedBackends[0]!.backend, () => randomUniform([50000], { seed: 3 }));
  assert.ok(Math.abs(meanOf(data) - 0.5) < 5 / Math.sqrt(12 * data.length), `mean ${meanOf(data)}`);
  assert.ok(Math.abs(deviationOf(data) - Math.sqrt(1 / 12)) < 2e-3, `deviation ${deviationOf(data)}`);
  const distance = kolmogorovSmirnov(data, (x) => x);
  assert.ok(distance < 1.95, `Kolmogorov-Smirnov ${distance}`);
});

test("randomUniform: integers are as frequent as each other", async () => {
  const { data } = await drawOnce(testedBackends[0]!.backend, () =>
    randomUniform([60000], { seed: 4, dtype: "int32", minval: 1, maxval: 7 }),
  );
  for (let face = 1; face <= 6; face++) {
    const count = [...data].filter((value) => value === face).length;
    assert.ok(Math.abs(count - 10000) < 5 * Math.sqrt(60000 * (1 / 6) * (5 / 6)), `${face}: ${count}`);
  }
});
