import assert from "node:assert/strict";
import { test } from "node:test";
import { DTypeError, ShapeError } from "../../src/core/errors.ts";
import { Graph } from "../../src/graph/graph.ts";
import { gradients } from "../../src/autodiff/gradients.ts";
import { clipByNorm } from "../../src/ops/clip-by-norm.ts";
import { constant } from "../../src/ops/constant.ts";
import { Session } from "../../src/runtime/session.ts";
import { referenceBackend, testedBackends } from "../support/backends.ts";
import { integers, normal, testOp } from "../support/test-op.ts";

testOp("clipByNorm", {
  build: ({ x, limit }, { clipNorm, ...options }) => clipByNorm(x, limit ?? clipNorm, options),
  cases: {
    "all axes": { x: [3, 4], $options: { clipNorm: 1.5 } },
    rows: { x: [5, 17], $options: { clipNorm: 2, axis: 1 } },
    "two axes": { x: [2, 3, 4], $options: { clipNorm: 1, axis: [0, -1] } },
    "shorter than the limit": { x: normal([2, 3], 1e-3), $options: { clipNorm: 1 } },
    "longer than a task": { x: [2, 8205], $options: { clipNorm: 1, axis: 1 } },
  },
  tolerance: { rtol: 4e-6, of: "largest", why: "sums of squares; gradients are differences" },
  nonFinite: { none: "0 times infinity depends on the order of the products" },
  golden: [
    { inputs: { x: [3, 4] }, options: { clipNorm: 1 }, outputs: [[0.6, 0.8]], from: "by hand" },
    {
      inputs: { x: [0.3, -0.1] },
      options: { clipNorm: 0.7 },
      outputs: [[0.3, -0.1]],
      tolerance: { rtol: 0, atol: 0, why: "what is short enough is not touched" },
      from: "by hand",
    },
    {
      inputs: {
        x: [
          [3, 4],
          [0, 1],
        ],
      },
      options: { clipNorm: 2, axis: 1 },
      outputs: [
        [
          [1.2, 1.6],
          [0, 1],
        ],
      ],
      from: "by hand",
    },
  ],
  rejects: {
    int32: { inputs: { x: integers([2], 0, 3) }, options: { clipNorm: 1 }, error: DTypeError },
    "an axis beyond": { inputs: { x: [2] }, options: { clipNorm: 1, axis: 1 }, error: ShapeError },
  },
});

for (const { name, backend } of [{ name: "reference", backend: referenceBackend }, ...testedBackends]) {
  test(`clipByNorm of nothing but zeros: the gradient is 1, not NaN: ${name}`, async () => {
    const graph = new Graph();
    const fetches = graph.asDefault(() => {
      const x = constant([0, 0]);
      const y = clipByNorm(x, 1);
      return [y, ...gradients(y, [x])];
    });
    await using session = new Session({ graph, backend });
    const results = await session.run(fetches);
    assert.deepEqual(
      results.map((result) => result?.toArray()),
      [
        [0, 0],
        [1, 1],
      ],
    );
  });
}
