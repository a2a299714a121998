import { ShapeError } from "../../src/core/errors.ts";
import { toConv2DAttrs } from "../../src/ops/shared/conv2d-geometry.ts";
import { conv2dBackpropInput } from "../../src/ops/conv2d-backprop-input.ts";
import { testOp } from "../support/test-op.ts";

// Golden values are those of the convolution's own test. Of `images` only the shape is read.
testOp("conv2dBackpropInput", {
  build: ({ filter, dy, images }, options) => conv2dBackpropInput(filter, dy, images, toConv2DAttrs(options)),
  cases: {
    "x=[1,1,1,1] f=[1,1,1,1]": {
      filter: [1, 1, 1, 1],
      dy: [1, 1, 1, 1],
      images: [1, 1, 1, 1],
      $options: { padding: "VALID" },
    },
    "x=[3,7,6,3] f=[3,2,3,17]": {
      filter: [3, 2, 3, 17],
      dy: [3, 5, 5, 17],
      images: [3, 7, 6, 3],
      $options: { padding: "VALID" },
    },
    "x=[1,8,8,16] f=[3,3,16,16] p=same": {
      filter: [3, 3, 16, 16],
      dy: [1, 8, 8, 16],
      images: [1, 8, 8, 16],
      $options: { padding: "SAME" },
    },
    "x=[2,9,8,5] f=[3,3,5,33] s=2,3 p=same": {
      filter: [3, 3, 5, 33],
      dy: [2, 5, 3, 33],
      images: [2, 9, 8, 5],
      $options: { padding: "SAME", strides: [2, 3] },
    },
    "x=[1,23,19,3] f=[11,11,3,8] s=4 p=same": {
      filter: [11, 11, 3, 8],
      dy: [1, 6, 5, 8],
      images: [1, 23, 19, 3],
      $options: { padding: "SAME", strides: 4 },
    },
    "x=[1,8,7,2] f=[2,1,2,3] s=3, cells no window reaches": {
      filter: [2, 1, 2, 3],
      dy: [1, 3, 3, 3],
      images: [1, 8, 7, 2],
      $options: { padding: "VALID", strides: 3 },
    },
    "x=[1,7,9,4] f=[2,3,4,5] d=3,2": {
      filter: [2, 3, 4, 5],
      dy: [1, 4, 5, 5],
      images: [1, 7, 9, 4],
      $options: { padding: "VALID", dilations: [3, 2] },
    },
    "x=[1,5,4,6] f=[3,3,2,9] g=3 s=2 p=same": {
      filter: [3, 3, 2, 9],
      dy: [1, 3, 2, 9],
      images: [1, 5, 4, 6],
      $options: { padding: "SAME", strides: 2, groups: 3 },
    },
    "x=[0,4,4,2] f=[3,3,2,4], empty batch": {
      filter: [3, 3, 2, 4],
      dy: [0, 2, 2, 4],
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
      message: /fix: make dy \[1, 3, 3, 2\]/,
    },
  },
});
