import { ShapeError } from "../../src/core/errors.ts";
import { fusedBatchNormGrad } from "../../src/ops/fused-batch-norm-grad.ts";
import { moments } from "../../src/ops/moments.ts";
import { positive, testOp } from "../support/test-op.ts";

testOp("fusedBatchNormGrad", {
  // When training, the mean is the batch's own: kernels may use that x - mean adds up to zero.
  build: ({ dy, x, scale, mean, inverse }, options) => {
    const axis = x.rank === 2 ? [0] : [0, 1, 2];
    const center = options.isTraining ? moments(x, { axis }).mean : mean;
    return fusedBatchNormGrad(dy, x, scale, center, inverse, options);
  },
  cases: {
    "training x=[2,3,3,8]": {
      dy: [2, 3, 3, 8],
      x: [2, 3, 3, 8],
      scale: [8],
      mean: [8],
      inverse: positive([8]),
      $options: { epsilon: 0, isTraining: true },
    },
    "training x=[700,21]": {
      dy: [700, 21],
      x: [700, 21],
      scale: [21],
      mean: [21],
      inverse: positive([21]),
      $options: { epsilon: 0, isTraining: true },
    },
    "given moments x=[9,5]": {
      dy: [9, 5],
      x: [9, 5],
      scale: [5],
      mean: [5],
      inverse: positive([5]),
      $options: { epsilon: 0, isTraining: false },
    },
  },
  gradient: { none: "second derivatives of fusedBatchNorm are not implemented" },
  tolerance: { rtol: 1e-5, of: "largest", why: "sums of up to 700 rows" },
  rejects: {
    "two shapes": {
      inputs: { dy: [4, 8], x: [5, 8], scale: [8], mean: [8], inverse: [8] },
      options: { isTraining: true },
      error: ShapeError,
    },
  },
});
