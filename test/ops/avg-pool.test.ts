import { ShapeError, ValueError } from "../../src/core/errors.ts";
import { avgPool } from "../../src/ops/avg-pool.ts";
import type { PoolOptions } from "../../src/ops/shared/pool-window.ts";
import { poolGoldens, withImageGradient } from "../golden/images.ts";
import { testOp, values } from "../support/test-op.ts";

const three = { ksize: [1, 3, 3, 1], strides: [1, 2, 2, 1] };

testOp("avgPool", {
  build: ({ images }, options) => avgPool(images, options),
  cases: {
    "x=[1,1,1,1] k=1 s=1": {
      images: [1, 1, 1, 1],
      $options: { ksize: [1, 1, 1, 1], strides: [1, 1, 1, 1], padding: "VALID" },
    },
    "x=[2,7,7,16] k=3 s=2 p=valid": { images: [2, 7, 7, 16], $options: { ...three, padding: "VALID" } },
    "x=[2,7,8,19] k=3 s=2 p=same": { images: [2, 7, 8, 19], $options: { ...three, padding: "SAME" } },
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
    "the whole image: k=7x5": {
      images: [2, 7, 5, 33],
      $options: { ksize: [1, 7, 5, 1], strides: [1, 1, 1, 1], padding: "VALID" },
    },
    "several tasks": {
      images: [3, 40, 20, 24],
      $options: { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: "VALID" },
    },
    "no images": { images: [0, 4, 4, 3], $options: { ...three, padding: "SAME" } },
  },
  tolerance: { rtol: 1.3e-6, of: "largest", why: "sums of the window's cells, which cancel" },
  golden: [
    {
      // Padding does not count: the last mean is of one cell, the others of two or four.
      inputs: {
        images: values([
          [
            [[1], [2], [3]],
            [[4], [5], [6]],
            [[7], [8], [9]],
          ],
        ]),
      },
      options: { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: "SAME" },
      outputs: [
        [
          [
            [[3], [4.5]],
            [[7.5], [9]],
          ],
        ],
      ],
      from: "by hand, as tf.nn.avg_pool documents",
    },
  ],
  rejects: {
    "a matrix": { inputs: { images: [8, 784] }, options: { ...three, padding: "SAME" }, error: ShapeError },
    "a fractional window": {
      inputs: { images: [1, 4, 4, 2] },
      options: { ...three, ksize: [1, 1.5, 2, 1], padding: "SAME" },
      error: ValueError,
    },
  },
});

testOp("avgPool, gradient included", {
  build: withImageGradient((images, options: PoolOptions) => avgPool(images, options)),
  cases: {},
  golden: poolGoldens("avgPool"),
});
