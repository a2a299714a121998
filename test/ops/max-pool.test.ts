import { DTypeError, ShapeError, ValueError } from "../../src/core/errors.ts";
import { maxPool } from "../../src/ops/max-pool.ts";
import type { PoolOptions } from "../../src/ops/shared/pool-window.ts";
import { poolGoldens, withImageGradient } from "../golden/images.ts";
import { distinct, integers, testOp, values } from "../support/test-op.ts";

const three = { ksize: [1, 3, 3, 1], strides: [1, 2, 2, 1] };

testOp("maxPool", {
  // Both outputs: the maxima and the winners.
  build: ({ images }, options) => maxPool(images, options).op.outputs,
  cases: {
    "x=[1,1,1,1] k=1 s=1": {
      images: [1, 1, 1, 1],
      $options: { ksize: [1, 1, 1, 1], strides: [1, 1, 1, 1], padding: "VALID" },
    },
    "x=[2,7,7,16] k=3 s=2 p=valid": { images: [2, 7, 7, 16], $options: { ...three, padding: "VALID" } },
    "x=[2,7,8,19] k=3 s=2 p=same": { images: [2, 7, 8, 19], $options: { ...three, padding: "SAME" } },
    "x=[1,6,5,3] k=2x3 s=1x2 p=same": {
      images: distinct([1, 6, 5, 3]),
      $options: { ksize: [1, 2, 3, 1], strides: [1, 1, 2, 1], padding: "SAME" },
    },
    "x=[1,5,6,9] k=3 s=2 p=[[1,2],[2,0]]": {
      images: [1, 5, 6, 9],
      $options: {
        ...three,
        padding: [
          [1, 2],
          [2, 0],
        ],
      },
    },
    "gaps: k=2 s=3": {
      images: [1, 8, 8, 8],
      $options: { ksize: [1, 2, 2, 1], strides: [1, 3, 3, 1], padding: "SAME" },
    },
    "more than 256 cells: k=17": {
      images: distinct([1, 18, 19, 9]),
      $options: { ksize: [1, 17, 17, 1], strides: [1, 1, 1, 1], padding: "VALID" },
    },
    "several tasks": {
      images: [3, 40, 20, 24],
      $options: { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: "VALID" },
    },
    "no images": { images: [0, 4, 4, 3], $options: { ...three, padding: "SAME" } },
  },
  tolerance: { rtol: 1.3e-6, of: "largest", why: "gradients add up the windows that a cell won" },
  golden: [
    {
      // Ties go to the first cell, row by row.
      inputs: {
        images: values([
          [
            [[1], [5], [5]],
            [[5], [2], [0]],
          ],
        ]),
      },
      options: { ksize: [1, 2, 2, 1], strides: [1, 1, 1, 1], padding: "SAME" },
      outputs: [
        [
          [
            [[5], [5], [5]],
            [[5], [2], [0]],
          ],
        ],
        [
          [
            [[1], [0], [0]],
            [[0], [0], [0]],
          ],
        ],
      ],
      from: "by hand",
    },
  ],
  rejects: {
    "images smaller than the window": {
      inputs: { images: [1, 4, 2, 3] },
      options: { ...three, padding: "VALID" },
      error: ShapeError,
      message: /the window of 3 x 3 is larger than the padded images[^]*height = 4, width = 2[^]*smaller window/,
    },
    "a matrix": {
      inputs: { images: [8, 784] },
      options: { ...three, padding: "SAME" },
      error: ShapeError,
      message: /batch, height, width, channels/,
    },
    integers: {
      inputs: { images: integers([1, 4, 4, 1], 0, 9) },
      options: { ...three, padding: "SAME" },
      error: DTypeError,
    },
    "a window over channels": {
      inputs: { images: [1, 4, 4, 2] },
      options: { ...three, ksize: [1, 2, 2, 2], padding: "SAME" },
      error: ValueError,
      message: /ksize is \[1, 2, 2, 2\]/,
    },
    "a stride of 0": {
      inputs: { images: [1, 4, 4, 2] },
      options: { ...three, strides: [1, 0, 2, 1], padding: "SAME" },
      error: ValueError,
    },
    "a padding by name": {
      inputs: { images: [1, 4, 4, 2] },
      options: { ...three, padding: "same" },
      error: ValueError,
      message: /padding is "same"/,
    },
    "a window within the padding": {
      inputs: { images: [1, 4, 4, 2] },
      options: {
        ...three,
        padding: [
          [3, 0],
          [0, 0],
        ],
      },
      error: ValueError,
    },
  },
});

testOp("maxPool, gradient included", {
  build: withImageGradient((images, options: PoolOptions) => maxPool(images, options)),
  cases: {},
  golden: poolGoldens("maxPool"),
});
