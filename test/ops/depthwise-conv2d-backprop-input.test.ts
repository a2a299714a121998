import { ShapeError } from "../../src/core/errors.ts";
import { toConv2DAttrs } from "../../src/ops/shared/conv2d-geometry.ts";
import { depthwiseConv2dBackpropInput } from "../../src/ops/depthwise-conv2d-backprop-input.ts";
import { testOp } from "../support/test-op.ts";

// Golden values are those of the convolution's own test. Of `images` only the shape is read.
testOp("depthwiseConv2dBackpropInput", {
  build: ({ filter, dy, images }, options) => depthwiseConv2dBackpropInput(filter, dy, images, toConv2DAttrs(options)),
  cases: {
    "x=[1,1,1,1] f=[1,1,1,1]": {
      filter: [1, 1, 1, 1],
      dy: [1, 1, 1, 1],
      images: [1, 1, 1, 1],
      $options: { padding: "VALID" },
    },
    "x=[2,7,6,17] f=[3,2,17,1]": {
      filter: [3, 2, 17, 1],
      dy: [2, 5, 5, 17],
      images: [2, 7, 6, 17],
      $options: { padding: "VALID" },
    },
    "x=[1,8,7,16] f=[3,3,16,1] s=2 p=same": {
      filter: [3, 3, 16, 1],
      dy: [1, 4, 4, 16],
      images: [1, 8, 7, 16],
      $options: { padding: "SAME", strides: 2 },
    },
    "x=[1,6,6,3] f=[3,3,3,4] d=2 p=same, multiplier 4": {
      filter: [3, 3, 3, 4],
      dy: [1, 6, 6, 12],
      images: [1, 6, 6, 3],
      $options: { padding: "SAME", dilations: 2 },
    },
    "x=[0,4,4,2] f=[3,3,2,1], empty batch": {
      filter: [3, 3, 2, 1],
      dy: [0, 2, 2, 2],
      images: [0, 4, 4, 2],
      $options: { padding: "VALID" },
    },
  },
  gradient: ["filter", "dy"],
  tolerance: { rtol: 2e-6, of: "largest", why: "sums of up to a few hundred products" },
  nonFinite: { none: "a cell of padding times infinity is NaN or 0, as the algorithm goes" },
  rejects: {
    "a gradient of another shape than the result": {
      inputs: { filter: [3, 3, 2, 2], dy: [1, 3, 4, 4], images: [1, 5, 5, 2] },
      options: { padding: "VALID" },
      error: ShapeError,
      message: /fix: make dy \[1, 3, 3, 4\]/,
    },
  },
});
