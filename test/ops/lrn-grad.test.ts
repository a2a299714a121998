import { ShapeError } from "../../src/core/errors.ts";
import { lrnGrad } from "../../src/ops/lrn-grad.ts";
import { testOp } from "../support/test-op.ts";

testOp("lrnGrad", {
  build: ({ dy, images }, options) => lrnGrad(dy, images, options),
  cases: {
    "8 channels": {
      dy: [2, 2, 2, 8],
      images: [2, 2, 2, 8],
      $options: { depthRadius: 2, bias: 1, alpha: 0.4, beta: 0.75 },
    },
    "19 channels": {
      dy: [1, 2, 3, 19],
      images: [1, 2, 3, 19],
      $options: { depthRadius: 5, bias: 2, alpha: 0.4, beta: 0.5 },
    },
    "a divisor of 0 past the last channel": {
      dy: [1, 3, 1, 3],
      images: [1, 3, 1, 3],
      $options: { depthRadius: 1, bias: 0, alpha: 1, beta: 0.75 },
    },
  },
  tolerance: { rtol: 3e-6, of: "largest", why: "a difference of two terms" },
  rejects: { "two shapes": { inputs: { dy: [1, 2, 2, 4], images: [1, 2, 2, 5] }, options: {}, error: ShapeError } },
});
