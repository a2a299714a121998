import { maxPoolGrad } from "../../src/ops/max-pool-grad.ts";
import { integers, testOp } from "../support/test-op.ts";

testOp("maxPoolGrad", {
  build: ({ dy, winners, images }, options) => maxPoolGrad(dy, winners, images, options),
  cases: {
    "x=[2,7,7,19] k=3 s=2": {
      dy: [2, 3, 3, 19],
      winners: integers([2, 3, 3, 19], 0, 9, "uint8"),
      images: [2, 7, 7, 19],
      $options: { ksize: [1, 3, 3, 1], strides: [1, 2, 2, 1], padding: "VALID" },
    },
    "many windows a cell: k=4 s=1": {
      dy: [1, 6, 6, 8],
      winners: integers([1, 6, 6, 8], 5, 6, "uint8"),
      images: [1, 6, 6, 8],
      $options: { ksize: [1, 4, 4, 1], strides: [1, 1, 1, 1], padding: "SAME" },
    },
  },
  gradient: ["dy"],
  tolerance: { rtol: 1.3e-6, of: "largest", why: "sums over windows" },
});
