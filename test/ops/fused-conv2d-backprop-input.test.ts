import { ShapeError } from "../../src/core/errors.ts";
import { FusedConv2DBackpropInput } from "../../src/ops/fused-conv2d-backprop-input.ts";
import { apply } from "../../src/ops/shared/define-op.ts";
import { testOp, values } from "../support/test-op.ts";

const attrs = { strides: [1, 1], dilations: [1, 1], padding: "VALID", groups: 1 };

testOp("FusedConv2DBackpropInput", {
  build: ({ filter, dy, images, mask }, options) =>
    apply(FusedConv2DBackpropInput, { filter, dy, images, mask }, { ...attrs, ...options }),
  cases: {
    "x=[2,5,6,3] f=[3,2,3,17]": {
      filter: [3, 2, 3, 17],
      dy: [2, 3, 5, 17],
      images: [2, 5, 6, 3],
      mask: [2, 5, 6, 3],
    },
    "x=[1,8,8,33] f=[3,3,33,16] p=same": {
      filter: [3, 3, 33, 16],
      dy: [1, 8, 8, 16],
      images: [1, 8, 8, 33],
      mask: [1, 8, 8, 33],
      $options: { padding: "SAME" },
    },
    "x=[2,9,8,5] f=[3,3,5,33] s=2,3 p=same: phases": {
      filter: [3, 3, 5, 33],
      dy: [2, 5, 3, 33],
      images: [2, 9, 8, 5],
      mask: [2, 9, 8, 5],
      $options: { padding: "SAME", strides: [2, 3] },
    },
    "x=[1,5,4,6] f=[3,3,2,9] g=3 p=same": {
      filter: [3, 3, 2, 9],
      dy: [1, 5, 4, 9],
      images: [1, 5, 4, 6],
      mask: [1, 5, 4, 6],
      $options: { padding: "SAME", groups: 3 },
    },
    "empty batch": { filter: [3, 3, 2, 4], dy: [0, 2, 2, 4], images: [0, 4, 4, 2], mask: [0, 4, 4, 2] },
  },
  gradient: { none: "the compiler makes it after gradients were taken" },
  tolerance: { rtol: 2e-6, of: "largest", why: "sums of up to 300 products" },
  nonFinite: { none: "a cell of padding times infinity is NaN or 0, as the algorithm goes" },
  golden: [
    {
      inputs: {
        filter: values([[[[3]]]]),
        dy: values([[[[1], [2]]], [[[3], [4]]]]),
        images: values([[[[0], [0]]], [[[0], [0]]]]),
        mask: values([[[[1], [0]]], [[[-1], [1e-30]]]]),
      },
      outputs: [[[[[3], [0]]], [[[0], [12]]]]],
      from: "arithmetic by hand",
    },
  ],
  rejects: {
    "a mask of another shape": {
      inputs: { filter: [1, 1, 1, 1], dy: [1, 2, 2, 1], images: [1, 2, 2, 1], mask: [1, 2, 3, 1] },
      error: ShapeError,
      message: /dx and mask differ in shape[^]*fix: make mask \[1, 2, 2, 1\]/,
    },
  },
});
