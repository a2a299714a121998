import { avgPoolGrad } from "../../src/ops/avg-pool-grad.ts";
import { testOp } from "../support/test-op.ts";

testOp("avgPoolGrad", {
  build: ({ dy, images }, options) => avgPoolGrad(dy, images, options),
  cases: {
    "x=[2,7,8,19] k=3 s=2 p=same": {
      dy: [2, 4, 4, 19],
      images: [2, 7, 8, 19],
      $options: { ksize: [1, 3, 3, 1], strides: [1, 2, 2, 1], padding: "SAME" },
    },
    "gaps: k=2 s=3": {
      dy: [1, 2, 2, 8],
      images: [1, 7, 7, 8],
      $options: { ksize: [1, 2, 2, 1], strides: [1, 3, 3, 1], padding: "VALID" },
    },
  },
  gradient: ["dy"],
  tolerance: { rtol: 1.3e-6, of: "largest", why: "sums over windows, which cancel" },
});
