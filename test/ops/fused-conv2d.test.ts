import { apply } from "../../src/ops/shared/define-op.ts";
import { FusedConv2D } from "../../src/ops/fused-conv2d.ts";
import { testOp, values } from "../support/test-op.ts";

const attrs = { strides: [1, 1], dilations: [1, 1], padding: "VALID", groups: 1, activation: "none" };

testOp("FusedConv2D", {
  build: ({ images, filter, bias }, options) => apply(FusedConv2D, { images, filter, bias }, { ...attrs, ...options }),
  cases: {
    bias: { images: [2, 5, 6, 3], filter: [3, 2, 3, 17], bias: [17] },
    relu: { images: [2, 5, 6, 3], filter: [3, 2, 3, 8], $options: { activation: "relu" } },
    "bias and relu": { images: [1, 7, 7, 16], filter: [3, 3, 16, 33], bias: [33], $options: { activation: "relu" } },
    neither: { images: [1, 4, 4, 5], filter: [2, 2, 5, 3] },
    "bias and relu, stride 2, groups": {
      images: [1, 6, 7, 6],
      filter: [3, 3, 2, 9],
      bias: [9],
      $options: { activation: "relu", strides: [2, 2], groups: 3 },
    },
    "no in channels: the bias alone": { images: [1, 2, 2, 0], filter: [1, 1, 0, 3], bias: [3] },
  },
  gradient: { none: "the compiler makes it after gradients were taken" },
  tolerance: { rtol: 2e-6, of: "largest", why: "sums of up to 144 products" },
  golden: [
    {
      inputs: {
        images: values([
          [
            [[1], [2]],
            [[3], [4]],
          ],
        ]),
        filter: values([[[[1, -1]]]]),
        bias: values([0.5, 2.5]),
      },
      options: { activation: "relu" },
      outputs: [
        [
          [
            [
              [1.5, 1.5],
              [2.5, 0.5],
            ],
            [
              [3.5, 0],
              [4.5, 0],
            ],
          ],
        ],
      ],
      from: "arithmetic by hand",
    },
  ],
});

testOp("FusedConv2D, padded", {
  build: ({ images, filter, bias }, options) => apply(FusedConv2D, { images, filter, bias }, { ...attrs, ...options }),
  cases: {
    "bias and relu, p=same": {
      images: [2, 9, 5, 16],
      filter: [5, 5, 16, 24],
      bias: [24],
      $options: { padding: "SAME", activation: "relu" },
    },
  },
  gradient: { none: "the compiler makes it after gradients were taken" },
  tolerance: { rtol: 2e-6, of: "largest", why: "sums of up to 400 products" },
  nonFinite: { none: "a cell of padding times infinity is NaN or 0, as the algorithm goes" },
});
