import { ShapeError, ValueError } from "../../src/core/errors.ts";
import { stridedSlice } from "../../src/ops/strided-slice.ts";
import { testOp, values } from "../support/test-op.ts";

const image = values([
  [0, 1, 2, 3, 4],
  [5, 6, 7, 8, 9],
  [10, 11, 12, 13, 14],
]);

testOp("stridedSlice", {
  build: ({ x }, { begin, end, ...options }) => stridedSlice(x, begin, end, options),
  cases: {
    everything: { x: [3, 4], $options: { begin: [0, 0], end: [3, 4] } },
    "every second": { x: [9, 10], $options: { begin: [1, 0], end: [9, 10], strides: [2, 3] } },
    backwards: { x: [9, 10], $options: { begin: [-1, 8], end: [0, 2], strides: [-1, -2] } },
    "axes not mentioned": { x: [4, 3, 2], $options: { begin: [1], end: [3] } },
    "a range of nothing": { x: [4, 3], $options: { begin: [3], end: [1] } },
    "moved inside": { x: [4, 3], $options: { begin: [-9], end: [9] } },
    masks: { x: [4, 5, 6], $options: { begin: [2, 2, 2], end: [1, 1, 1], beginMask: 5, endMask: 7 } },
    "an element of each row": { x: [4, 5], $options: { begin: [0, -1], end: [0, 0], endMask: 1, shrinkAxisMask: 2 } },
    "an ellipsis and a new axis": {
      x: [2, 3, 4, 5],
      $options: { begin: [1, 0, 0, 2], end: [2, 0, 0, 3], ellipsisMask: 2, newAxisMask: 4 },
    },
  },
  golden: [
    // NumPy: x[::-1, 1:4:2], x[1, ..., None], x[-2:, -1]
    {
      inputs: { x: image },
      options: { begin: [0, 1], end: [0, 4], strides: [-1, 2], beginMask: 1, endMask: 1 },
      outputs: [
        [
          [11, 13],
          [6, 8],
          [1, 3],
        ],
      ],
      from: "NumPy",
    },
    {
      inputs: { x: image },
      options: { begin: [1, 0, 0], end: [2, 0, 0], shrinkAxisMask: 1, ellipsisMask: 2, newAxisMask: 4 },
      outputs: [[[5], [6], [7], [8], [9]]],
      from: "NumPy",
    },
    {
      inputs: { x: image },
      options: { begin: [-2, -1], end: [0, 0], endMask: 1, shrinkAxisMask: 2 },
      outputs: [[9, 14]],
      from: "NumPy",
    },
  ],
  rejects: {
    "too many entries": {
      inputs: { x: [3] },
      options: { begin: [0, 0], end: [1, 1] },
      error: ShapeError,
      message: /2 axes are sliced/,
    },
    "an index outside": { inputs: { x: [3] }, options: { begin: [3], end: [4], shrinkAxisMask: 1 }, error: ShapeError },
    "a stride of 0": { inputs: { x: [3] }, options: { begin: [0], end: [1], strides: [0] }, error: ValueError },
    "lists of two lengths": { inputs: { x: [3] }, options: { begin: [0], end: [] }, error: ValueError },
  },
});
