import { ShapeError } from "../../src/core/errors.ts";
import { depthwiseConv2d } from "../../src/ops/depthwise-conv2d.ts";
import { convolutionGoldens, withGradients } from "../golden/convolutions.ts";
import golden from "../golden/depthwise-conv2d.json" with { type: "json" };
import { testOp } from "../support/test-op.ts";

const tolerance = { rtol: 2e-6, of: "largest", why: "sums of up to 81 products" } as const;

testOp("depthwiseConv2d", {
  build: ({ images, filter }, options) => depthwiseConv2d(images, filter, options),
  cases: {
    "x=[1,1,1,1] f=[1,1,1,1]": { images: [1, 1, 1, 1], filter: [1, 1, 1, 1], $options: { padding: "VALID" } },
    "x=[2,5,6,3] f=[3,2,3,1]": { images: [2, 5, 6, 3], filter: [3, 2, 3, 1], $options: { padding: "VALID" } },
    "x=[1,4,5,17] f=[3,3,17,1]": { images: [1, 4, 5, 17], filter: [3, 3, 17, 1], $options: { padding: "VALID" } },
    "x=[1,4,4,5] f=[2,2,5,3], multiplier 3": {
      images: [1, 4, 4, 5],
      filter: [2, 2, 5, 3],
      $options: { padding: "VALID" },
    },
    "x=[1,9,8,8] f=[2,2,8,2] s=3 d=1,2": {
      images: [1, 9, 8, 8],
      filter: [2, 2, 8, 2],
      $options: { padding: "VALID", strides: 3, dilations: [1, 2] },
    },
    "x=[0,4,4,2] f=[3,3,2,1], empty batch": {
      images: [0, 4, 4, 2],
      filter: [3, 3, 2, 1],
      $options: { padding: "VALID" },
    },
  },
  tolerance,
  rejects: {
    "channels that differ": {
      inputs: { images: [1, 5, 5, 4], filter: [3, 3, 3, 1] },
      options: { padding: "SAME" },
      error: ShapeError,
      message: /disagree on channels[^]*third dimension must be 4/,
    },
    "a kernel larger than the images": {
      inputs: { images: [1, 2, 5, 1], filter: [3, 3, 1, 1] },
      options: { padding: "VALID" },
      error: ShapeError,
      message: /larger than the padded images/,
    },
  },
});

testOp("depthwiseConv2d, padded", {
  build: ({ images, filter }, options) => depthwiseConv2d(images, filter, options),
  cases: {
    "x=[2,7,5,16] f=[3,3,16,1] p=same": { images: [2, 7, 5, 16], filter: [3, 3, 16, 1], $options: { padding: "SAME" } },
    "x=[1,12,12,9] f=[9,9,9,2] s=2 p=same": {
      images: [1, 12, 12, 9],
      filter: [9, 9, 9, 2],
      $options: { padding: "SAME", strides: 2 },
    },
    "x=[1,2,3,2] f=[5,4,2,1] p=2+1,1+3, kernel above image": {
      images: [1, 2, 3, 2],
      filter: [5, 4, 2, 1],
      $options: {
        padding: [
          [2, 1],
          [1, 3],
        ],
      },
    },
  },
  tolerance,
  nonFinite: { none: "a cell of padding times infinity is NaN or 0, as the algorithm goes" },
});

testOp("depthwiseConv2d and its gradients, as PyTorch has them", {
  build: withGradients((images, filter, options) => depthwiseConv2d(images, filter, { padding: "VALID", ...options })),
  cases: {},
  golden: convolutionGoldens(golden, "test/golden/depthwise-conv2d.py"),
});
