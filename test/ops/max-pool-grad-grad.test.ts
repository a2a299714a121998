import { maxPoolGradGrad } from "../../src/ops/max-pool-grad-grad.ts";
import { integers, testOp, values } from "../support/test-op.ts";

testOp("maxPoolGradGrad", {
  build: ({ images, winners }, options) => maxPoolGradGrad(images, winners, options),
  cases: {
    "x=[2,7,7,19] k=3 s=2": {
      images: [2, 7, 7, 19],
      winners: integers([2, 3, 3, 19], 0, 9, "uint8"),
      $options: { ksize: [1, 3, 3, 1], strides: [1, 2, 2, 1], padding: "VALID" },
    },
    "winners in the padding, which may be fed": {
      images: [1, 4, 4, 3],
      winners: integers([1, 4, 4, 3], 0, 9, "uint8"),
      $options: { ksize: [1, 3, 3, 1], strides: [1, 1, 1, 1], padding: "SAME" },
    },
    "winners that no window has": {
      images: [1, 2, 2, 1],
      winners: values([[[[200]]]], "uint8"),
      $options: { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: "VALID" },
    },
    "more than 256 cells: k=17": {
      images: [1, 20, 18, 2],
      winners: integers([1, 4, 2, 2], -3, 300),
      $options: { ksize: [1, 17, 17, 1], strides: [1, 1, 1, 1], padding: "VALID" },
    },
    "several tasks": {
      images: [4, 64, 64, 8],
      winners: integers([4, 32, 32, 8], 0, 4, "uint8"),
      $options: { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: "VALID" },
    },
    "no images": {
      images: [0, 4, 4, 3],
      winners: integers([0, 2, 2, 3], 0, 4, "uint8"),
      $options: { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: "VALID" },
    },
  },
  gradient: ["images"],
});
