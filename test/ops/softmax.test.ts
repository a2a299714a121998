import assert from "node:assert/strict";
import type { NDArray } from "../../src/core/ndarray.ts";
import { ShapeError, ValueError } from "../../src/core/errors.ts";
import { softmax } from "../../src/ops/softmax.ts";
import { normal, testOp, values } from "../support/test-op.ts";

testOp("softmax", {
  build: ({ logits }, options) => softmax(logits, options),
  cases: {
    "one class": { logits: [1, 1] },
    "a vector": { logits: [10] },
    "vector tail": { logits: [3, 17] },
    "longer than a task": { logits: [2, 4097] },
    "rows in several tasks": { logits: [900, 10] },
    "large logits": { logits: normal([4, 9], 30) },
    "x=[2,3,4] axis=1": { logits: [2, 3, 4], $options: { axis: 1 } },
    "x=[2,3,4] axis=-3": { logits: [2, 3, 4], $options: { axis: -3 } },
    "x=[2,3,4] axis=2": { logits: [2, 3, 4], $options: { axis: 2 } },
    "no rows": { logits: [0, 3] },
    "no classes": { logits: [3, 0] },
  },
  tolerance: { rtol: 2e-6, atol: 1e-7, of: "largest", why: "sums of up to 4,097 exponentials" },
  golden: [
    {
      inputs: { logits: [2, 1, 3] },
      outputs: [[0.244728471, 0.0900305732, 0.665240956]],
      from: "test/golden/softmax.py",
    },
    {
      inputs: { logits: [1e4, 0, -1e4] },
      outputs: [[1, 0, 0]],
      from: "by hand",
    },
    {
      inputs: {
        logits: values([
          [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
          [0, Number.NEGATIVE_INFINITY],
        ]),
      },
      outputs: [
        [
          [Number.NaN, Number.NaN],
          [1, 0],
        ],
      ],
      from: "by hand",
    },
  ],
  rejects: {
    "a scalar": {
      inputs: { logits: [] },
      error: ShapeError,
      message: /softmax "Softmax": logits must have rank 1 or more/,
    },
    "an axis that is not there": {
      inputs: { logits: [2, 3] },
      options: { axis: 2 },
      error: ValueError,
      message: /no axis 2[^]*-2 to 1/,
    },
  },
});

testOp("softmax of finite logits", {
  build: ({ logits }) => softmax(logits),
  cases: { "rows sum to 1": { logits: normal([20, 33], 4) } },
  properties: [rowsSumToOne],
  nonFinite: { none: "sums would be NaN" },
  tolerance: { rtol: 2e-6, of: "largest", why: "the gradient is a difference" },
});

function rowsSumToOne({ outputs: [y] }: { outputs: readonly NDArray[] }): void {
  assert.ok(y);
  const classes = y.shape.at(-1) ?? 1;
  for (let row = 0; row < y.size; row += classes) {
    const sum: number = [...y.data.subarray(row, row + classes)].reduce((total, p) => total + p, 0);
    assert.ok(Math.abs(sum - 1) < 1e-12, `row ${row / classes} sums to ${sum}`);
  }
}
