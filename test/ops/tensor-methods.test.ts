import assert from "node:assert/strict";
import { test } from "node:test";
import "../../src/ops/tensor-methods.ts";
import { fromNested, type NestedArray } from "../../src/core/ndarray.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { constant } from "../../src/ops/constant.ts";
import { Session } from "../../src/runtime/session.ts";
import { referenceBackend } from "../support/backends.ts";

type Matrix = Tensor<[2, 2], "float32">;

/** What each method gives for x = [[1, -2], [3, 4]] and w = [[1, 2], [3, 4]]. */
const cases: Record<string, [(x: Matrix, w: Matrix) => Tensor, NestedArray]> = {
  "x.add(w)": [
    (x, w) => x.add(w),
    [
      [2, 0],
      [6, 8],
    ],
  ],
  "x.sub(1)": [
    (x) => x.sub(1),
    [
      [0, -3],
      [2, 3],
    ],
  ],
  "x.mul([1, 10])": [
    (x) => x.mul([1, 10]),
    [
      [1, -20],
      [3, 40],
    ],
  ],
  "x.div(w)": [
    (x, w) => x.div(w),
    [
      [1, -1],
      [1, 1],
    ],
  ],
  "x.pow(2)": [
    (x) => x.pow(2),
    [
      [1, 4],
      [9, 16],
    ],
  ],
  "x.neg()": [
    (x) => x.neg(),
    [
      [-1, 2],
      [-3, -4],
    ],
  ],
  "x.abs()": [
    (x) => x.abs(),
    [
      [1, 2],
      [3, 4],
    ],
  ],
  "x.square()": [
    (x) => x.square(),
    [
      [1, 4],
      [9, 16],
    ],
  ],
  "w.sqrt().square()": [
    (_x, w) => w.sqrt().square().sub(w).abs().less(1e-6),
    [
      [1, 1],
      [1, 1],
    ],
  ],
  "w.log().exp()": [
    (_x, w) => w.log().exp().sub(w).abs().less(1e-6),
    [
      [1, 1],
      [1, 1],
    ],
  ],
  "x.relu()": [
    (x) => x.relu(),
    [
      [1, 0],
      [3, 4],
    ],
  ],
  "x.sub(x).sigmoid()": [
    (x) => x.sub(x).sigmoid(),
    [
      [0.5, 0.5],
      [0.5, 0.5],
    ],
  ],
  "x.sub(x).tanh()": [
    (x) => x.sub(x).tanh(),
    [
      [0, 0],
      [0, 0],
    ],
  ],
  "x.equal(w)": [
    (x, w) => x.equal(w),
    [
      [1, 0],
      [1, 1],
    ],
  ],
  "x.notEqual(w)": [
    (x, w) => x.notEqual(w),
    [
      [0, 1],
      [0, 0],
    ],
  ],
  "x.less(w)": [
    (x, w) => x.less(w),
    [
      [0, 1],
      [0, 0],
    ],
  ],
  "x.lessEqual(w)": [
    (x, w) => x.lessEqual(w),
    [
      [1, 1],
      [1, 1],
    ],
  ],
  "x.greater(0)": [
    (x) => x.greater(0),
    [
      [1, 0],
      [1, 1],
    ],
  ],
  "x.greaterEqual(3)": [
    (x) => x.greaterEqual(3),
    [
      [0, 0],
      [1, 1],
    ],
  ],
  'x.cast("int32")': [
    (x) => x.cast("int32"),
    [
      [1, -2],
      [3, 4],
    ],
  ],
  "x.matmul(w)": [
    (x, w) => x.matmul(w),
    [
      [-5, -6],
      [15, 22],
    ],
  ],
  "x.matmul(w, { transposeB: true })": [
    (x, w) => x.matmul(w, { transposeB: true }),
    [
      [-3, -5],
      [11, 25],
    ],
  ],
  "x.reshape([4, -1])": [(x) => x.reshape([4, -1]), [[1], [-2], [3], [4]]],
  "x.transpose()": [
    (x) => x.transpose(),
    [
      [1, 3],
      [-2, 4],
    ],
  ],
  "x.sum()": [(x) => x.sum(), 6],
  "x.mean({ axis: 0 })": [(x) => x.mean({ axis: 0 }), [2, 1]],
  "x.max({ axis: 1, keepDims: true })": [(x) => x.max({ axis: 1, keepDims: true }), [[1], [4]]],
  "x.min()": [(x) => x.min(), -2],
  "x.argMax({ axis: 1 })": [(x) => x.argMax({ axis: 1 }), [0, 1]],
};

for (const [title, [build, expected]] of Object.entries(cases)) {
  test(title, async () => {
    const graph = new Graph();
    const y = graph.asDefault(() =>
      build(
        constant(
          [
            [1, -2],
            [3, 4],
          ],
          { shape: [2, 2] },
        ),
        constant(
          [
            [1, 2],
            [3, 4],
          ],
          { shape: [2, 2] },
        ),
      ),
    );
    await using session = new Session({ graph, backend: referenceBackend });
    const result = await session.run(y);
    assert.deepEqual(result.toArray(), fromNested(expected, result.dtype).toArray());
  });
}

test("methods take a name, and are not listed among a tensor's own properties", () => {
  new Graph().asDefault(() => {
    const sum = constant([1, 2]).add(1, { name: "moved" });
    assert.equal(sum.name, "moved:0");
    assert.ok(!Object.keys(sum).includes("add"));
    const inherited: string[] = [];
    for (const key in sum) inherited.push(key);
    assert.ok(!inherited.includes("add"));
  });
});
