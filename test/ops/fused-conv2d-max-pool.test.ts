import { apply, applyOp } from "../../src/ops/shared/define-op.ts";
import { FusedConv2DMaxPool, type FusedConv2DMaxPoolAttrs } from "../../src/ops/fused-conv2d-max-pool.ts";
import { testOp, values } from "../support/test-op.ts";

const attrs: FusedConv2DMaxPoolAttrs = {
  strides: [1, 1],
  dilations: [1, 1],
  padding: "VALID",
  groups: 1,
  activation: "none",
  pool: { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: "VALID" },
};

// Both outputs: the maxima and the winners.
testOp("FusedConv2DMaxPool", {
  build: ({ images, filter, bias }, options) =>
    applyOp(FusedConv2DMaxPool, { images, filter, bias }, { ...attrs, ...options }).outputs,
  cases: {
    "bias: an odd row is left out": { images: [2, 5, 6, 3], filter: [2, 1, 3, 17], bias: [17] },
    relu: { images: [2, 6, 6, 3], filter: [3, 3, 3, 8], $options: { activation: "relu" } },
    "bias and relu, groups": {
      images: [2, 8, 7, 6],
      filter: [2, 2, 2, 9],
      bias: [9],
      $options: { activation: "relu", strides: [1, 1], groups: 3 },
    },
    "stride 2, 20 to 33 channels": {
      images: [1, 9, 13, 20],
      filter: [3, 3, 20, 33],
      bias: [33],
      $options: { strides: [2, 2] },
    },
    neither: { images: [1, 5, 5, 5], filter: [2, 2, 5, 3] },
    "empty batch": { images: [0, 5, 5, 2], filter: [2, 2, 2, 4] },
  },
  gradient: { none: "the compiler makes it after gradients were taken" },
  tolerance: { rtol: 2e-6, of: "largest", why: "sums of up to 180 products" },
  golden: [
    {
      inputs: {
        images: values([
          [
            [[1], [2], [9]],
            [[4], [3], [9]],
            [[9], [9], [9]],
          ],
        ]),
        filter: values([[[[1, -1]]]]),
        bias: values([0.5, 2.5]),
      },
      options: { activation: "relu" },
      outputs: [[[[[4.5, 1.5]]]], [[[[2, 0]]]]],
      from: "arithmetic by hand",
    },
  ],
});

testOp("FusedConv2DMaxPool, padded", {
  build: ({ images, filter, bias }, options) =>
    apply(FusedConv2DMaxPool, { images, filter, bias }, { ...attrs, ...options }),
  cases: {
    "bias and relu, p=same": {
      images: [2, 10, 6, 16],
      filter: [5, 5, 16, 24],
      bias: [24],
      $options: { padding: "SAME", activation: "relu" },
    },
  },
  gradient: { none: "the compiler makes it after gradients were taken" },
  tolerance: { rtol: 2e-6, of: "largest", why: "sums of up to 400 products" },
  nonFinite: { none: "a cell of padding times infinity is NaN or 0, as the algorithm goes" },
});
