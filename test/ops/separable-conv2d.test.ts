import { DTypeError, ShapeError } from "../../src/core/errors.ts";
import { separableConv2d } from "../../src/ops/separable-conv2d.ts";
import { integers, testOp } from "../support/test-op.ts";

testOp("separableConv2d", {
  build: ({ images, apart, together }, options) => separableConv2d(images, apart, together, options),
  cases: {
    "x=[1,1,1,1], all of 1": {
      images: [1, 1, 1, 1],
      apart: [1, 1, 1, 1],
      together: [1, 1, 1, 1],
      $options: { padding: "VALID" },
    },
    "x=[2,5,6,3] d=[3,2,3,2] p=[1,1,6,5]": {
      images: [2, 5, 6, 3],
      apart: [3, 2, 3, 2],
      together: [1, 1, 6, 5],
      $options: { padding: "SAME" },
    },
    "strides and dilations are the first one's": {
      images: [1, 9, 8, 4],
      apart: [2, 2, 4, 1],
      together: [1, 1, 4, 3],
      $options: { padding: "VALID", strides: 3, dilations: [1, 2] },
    },
    "empty batch": {
      images: [0, 4, 4, 2],
      apart: [3, 3, 2, 1],
      together: [1, 1, 2, 3],
      $options: { padding: "SAME" },
    },
  },
  tolerance: { rtol: 4e-6, of: "largest", why: "sums of products of sums of products" },
  golden: [
    {
      inputs: { images: [[[[1, 10]], [[2, 20]]]], apart: [[[[1], [2]]], [[[3], [4]]]], together: [[[[1], [100]]]] },
      options: { padding: "VALID" },
      outputs: [[[[[1 * 1 + 2 * 3 + 100 * (10 * 2 + 20 * 4)]]]]],
      from: "by hand",
    },
    {
      inputs: { images: [[[[1], [2], [3], [4]]]], apart: [[[[1]], [[10]]]], together: [[[[2]]]] },
      options: { padding: "VALID", strides: 2 },
      outputs: [[[[[2 * (1 + 20)], [2 * (3 + 40)]]]]],
      from: "by hand",
    },
    {
      inputs: { images: [[[[1], [2], [3], [4]]]], apart: [[[[1]], [[10]]]], together: [[[[2]]]] },
      options: { padding: "VALID", dilations: [1, 2] },
      outputs: [[[[[2 * (1 + 30)], [2 * (2 + 40)]]]]],
      from: "by hand",
    },
  ],
  rejects: {
    "a pointwise filter that is none": {
      inputs: { images: [1, 5, 5, 2], apart: [3, 3, 2, 1], together: [3, 1, 2, 4] },
      options: { padding: "SAME" },
      error: ShapeError,
      message: /not 1 x 1[^]*\[3, 1, 2, 4\]/,
    },
    "channels that differ": {
      inputs: { images: [1, 5, 5, 2], apart: [3, 3, 2, 2], together: [1, 1, 2, 4] },
      options: { padding: "SAME" },
      error: ShapeError,
      message: /third dimension must be 4/,
    },
    int32: {
      inputs: { images: integers([1, 5, 5, 2], 0, 9), apart: [3, 3, 2, 2], together: [1, 1, 4, 4] },
      options: { padding: "SAME" },
      error: DTypeError,
    },
  },
});
