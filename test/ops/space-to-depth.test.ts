import assert from "node:assert/strict";
import { test } from "node:test";
import { ShapeError, ValueError } from "../../src/core/errors.ts";
import { Graph } from "../../src/graph/graph.ts";
import { depthToSpace } from "../../src/ops/depth-to-space.ts";
import { placeholder } from "../../src/ops/placeholder.ts";
import { spaceToDepth } from "../../src/ops/space-to-depth.ts";
import { testOp } from "../support/test-op.ts";

testOp("spaceToDepth", {
  build: ({ x }, { blockSize }) => spaceToDepth(x, blockSize),
  cases: {
    "x=[2,4,6,3] blockSize=2": { x: [2, 4, 6, 3], $options: { blockSize: 2 } },
    "x=[1,3,9,2] blockSize=3": { x: [1, 3, 9, 2], $options: { blockSize: 3 } },
    "empty batch": { x: [0, 2, 2, 4], $options: { blockSize: 2 } },
  },
  golden: [
    {
      inputs: {
        x: [
          [
            [[1], [2], [5], [6]],
            [[3], [4], [7], [8]],
            [[9], [10], [13], [14]],
            [[11], [12], [15], [16]],
          ],
        ],
      },
      options: { blockSize: 2 },
      outputs: [
        [
          [
            [
              [1, 2, 3, 4],
              [5, 6, 7, 8],
            ],
            [
              [9, 10, 11, 12],
              [13, 14, 15, 16],
            ],
          ],
        ],
      ],
      from: "TensorFlow's documentation of tf.space_to_depth",
    },
  ],
  rejects: {
    "a height that is no multiple": {
      inputs: { x: [1, 3, 4, 1] },
      options: { blockSize: 2 },
      error: ShapeError,
      message: /height and width must be multiples of 2/,
    },
    "no block": { inputs: { x: [1, 2, 2, 4] }, options: { blockSize: 0 }, error: ValueError },
  },
});

testOp("depthToSpace of spaceToDepth", {
  build: ({ x }) => depthToSpace(spaceToDepth(x, 2), 2),
  cases: { "x=[2,4,6,3]": { x: [2, 4, 6, 3] } },
  properties: [({ inputs: { x }, outputs: [y] }) => assert.deepEqual(y!.toArray(), x!.toArray())],
});

test("spaceToDepth: one dimension may be unknown", () => {
  new Graph().asDefault(() => {
    const shapeOf = (...shape: readonly (number | null)[]): unknown =>
      spaceToDepth(placeholder("float32", shape), 2).shape;
    assert.deepEqual(shapeOf(null, 4, 4, 3), [null, 2, 2, 12]);
    assert.deepEqual(shapeOf(2, 4, null, 3), [2, 2, null, 12]);
    assert.throws(() => shapeOf(1, null, null, 3), ShapeError);
  });
});
