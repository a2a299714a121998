import { ShapeError } from "../../src/core/errors.ts";
import { fusedBatchNormGrad } from "../../src/ops/fused-batch-norm-grad.ts";
import { moments } from "../../src/ops/moments.ts";
import { positive, testOp } from "../support/test-op.ts";

const training = { epsilon: 0, isTraining: true };

// Kernels may use that x - mean adds up to zero: the mean is the batch's own.
testOp("fusedBatchNormGrad", {
  build: ({ dy, x, scale, inverse }, options) => {
    const { mean } = moments(x, { axis: x.rank === 2 ? [0] : [0, 1, 2] });
    return fusedBatchNormGrad(dy, x, scale, mean, inverse, options);
  },
  cases: {
    "x=[2,3,3,8]": { dy: [2, 3, 3, 8], x: [2, 3, 3, 8], scale: [8], inverse: positive([8]), $options: training },
    "x=[700,21]": { dy: [700, 21], x: [700, 21], scale: [21], inverse: positive([21]), $options: training },
  },
  tolerance: { rtol: 1e-5, of: "largest", why: "sums of up to 700 rows" },
  rejects: {
    "two shapes": {
      inputs: { dy: [4, 8], x: [5, 8], scale: [8], inverse: [8] },
      options: training,
      error: ShapeError,
    },
  },
});

testOp("fusedBatchNormGrad, given moments", {
  build: ({ dy, x, scale, mean, inverse }, options) => fusedBatchNormGrad(dy, x, scale, mean, inverse, options),
  cases: {
    "x=[9,5]": {
      dy: [9, 5],
      x: [9, 5],
      scale: [5],
      mean: [5],
      inverse: positive([5]),
      $options: { epsilon: 0, isTraining: false },
    },
  },
  tolerance: { rtol: 1e-5, of: "largest", why: "sums of nine rows" },
});
