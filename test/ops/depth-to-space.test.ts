import assert from "node:assert/strict";
import { test } from "node:test";
import { ShapeError, ValueError } from "../../src/core/errors.ts";
import { Graph } from "../../src/graph/graph.ts";
import { depthToSpace } from "../../src/ops/depth-to-space.ts";
import { placeholder } from "../../src/ops/placeholder.ts";
import { testOp } from "../support/test-op.ts";

testOp("depthToSpace", {
  build: ({ x }, { blockSize }) => depthToSpace(x, blockSize),
  cases: {
    "x=[2,3,4,8] blockSize=2": { x: [2, 3, 4, 8], $options: { blockSize: 2 } },
    "x=[1,2,5,27] blockSize=3": { x: [1, 2, 5, 27], $options: { blockSize: 3 } },
    "blocks of one": { x: [2, 3, 4, 5], $options: { blockSize: 1 } },
    "empty batch": { x: [0, 2, 2, 4], $options: { blockSize: 2 } },
  },
  golden: [
    {
      inputs: {
        x: [
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
      },
      options: { blockSize: 2 },
      outputs: [
        [
          [
            [[1], [2], [5], [6]],
            [[3], [4], [7], [8]],
            [[9], [10], [13], [14]],
            [[11], [12], [15], [16]],
          ],
        ],
      ],
      from: "TensorFlow's documentation of tf.depth_to_space",
    },
  ],
  rejects: {
    "channels that are no multiple": {
      inputs: { x: [1, 2, 2, 6] },
      options: { blockSize: 2 },
      error: ShapeError,
      message: /channels must be multiples of 4/,
    },
    "half a block": { inputs: { x: [1, 2, 2, 4] }, options: { blockSize: 0.5 }, error: ValueError, message: /0.5/ },
    "three axes": { inputs: { x: [2, 2, 4] }, options: { blockSize: 2 }, error: ShapeError },
  },
});

test("depthToSpace: one dimension may be unknown", () => {
  new Graph().asDefault(() => {
    const shapeOf = (...shape: readonly (number | null)[]): unknown =>
      depthToSpace(placeholder("float32", shape), 2).shape;
    assert.deepEqual(shapeOf(null, 3, 4, 8), [null, 6, 8, 2]);
    assert.deepEqual(shapeOf(2, null, 4, 8), [2, null, 8, 2]);
    assert.throws(() => shapeOf(null, null, 4, 8), /only one of batch, height and width/);
    assert.throws(() => shapeOf(1, 2, 2, null), ShapeError);
  });
});
