import { gradients } from "../../src/autodiff/gradients.ts";
import { ShapeError, ValueError } from "../../src/core/errors.ts";
import { NDArray } from "../../src/core/ndarray.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { fusedBatchNorm, type FusedBatchNormOptions } from "../../src/ops/fused-batch-norm.ts";
import golden from "../golden/fused-batch-norm.json" with { type: "json" };
import { hashedUniform } from "../golden/hashed-numbers.ts";
import { normal, positive, testOp } from "../support/test-op.ts";

type Inputs = Record<"x" | "scale" | "offset" | "mean" | "variance", Tensor>;

testOp("fusedBatchNorm, y", {
  build: ({ x, scale, offset }: Inputs, options: FusedBatchNormOptions) => fusedBatchNorm(x, scale, offset, options).y,
  cases: {
    "x=[2,3,3,8]": { x: [2, 3, 3, 8], scale: [8], offset: [8] },
    "x=[4,5,5,21], far from 0": { x: normal([4, 5, 5, 21], 2, 3), scale: [21], offset: [21] },
    "x=[10,1]": { x: [10, 1], scale: [1], offset: [1] },
    "several chunks x=[700,40]": { x: normal([700, 40], 1, 5), scale: [40], offset: [40] },
    "a large epsilon": { x: [6, 9], scale: [9], offset: [9], $options: { epsilon: 0.5 } },
    "no channels": { x: [3, 0], scale: [0], offset: [0] },
  },
  tolerance: { rtol: 1e-5, of: "largest", why: "moments of up to 700 rows; the gradient of x is a difference" },
  rejects: {
    "a vector": {
      inputs: { x: [8], scale: [8], offset: [8] },
      error: ShapeError,
      message: /x must have rank 2 or more/,
    },
    "other channels": {
      inputs: { x: [4, 8], scale: [8], offset: [4] },
      error: ShapeError,
      message: /x and offset disagree on channels/,
    },
    "no moments": {
      inputs: { x: [4, 8], scale: [8], offset: [8] },
      options: { isTraining: false },
      error: ValueError,
      message: /mean and variance are missing/,
    },
    "a negative epsilon": {
      inputs: { x: [4, 8], scale: [8], offset: [8] },
      options: { epsilon: -1 },
      error: ValueError,
    },
  },
});

testOp("fusedBatchNorm, moments", {
  build: ({ x, scale, offset }: Inputs) => {
    const { batchMean, batchVariance } = fusedBatchNorm(x, scale, offset);
    return [batchMean, batchVariance];
  },
  cases: {
    "one row": { x: [1, 5], scale: [5], offset: [5] },
    "several chunks": { x: normal([3, 20, 20, 21], 2, 1), scale: [21], offset: [21] },
  },
  gradient: ["x"],
  tolerance: { rtol: 2e-6, of: "largest", why: "sums of up to 1,200 rows" },
  golden: [
    {
      inputs: {
        x: [
          [1, 2],
          [3, 6],
        ],
        scale: [1, 1],
        offset: [0, 0],
      },
      outputs: [
        [2, 4],
        [2, 8],
      ],
      from: "by hand: divided by n - 1",
    },
  ],
});

testOp("fusedBatchNorm, moments of nothing", {
  build: ({ x, scale, offset }: Inputs) => fusedBatchNorm(x, scale, offset).batchMean,
  cases: { "no rows": { x: [0, 5], scale: [5], offset: [5] } },
  gradient: { none: "the mean of nothing is NaN" },
});

testOp("fusedBatchNorm, gradients of parameters when there are no rows", {
  build: ({ x, scale, offset }: Inputs) => {
    const grads = gradients(fusedBatchNorm(x, scale, offset).y, [scale, offset]);
    return grads.filter((gradient) => gradient !== null);
  },
  cases: {},
  golden: [
    {
      inputs: { x: new NDArray("float32", [0, 2], new Float32Array(0)), scale: [1, 2], offset: [3, 4] },
      outputs: [
        [0, 0],
        [0, 0],
      ],
      from: "a sum of nothing, although the variance of nothing is NaN",
    },
  ],
});

testOp("fusedBatchNorm, y and moments together", {
  build: ({ x, scale, offset }: Inputs, options: FusedBatchNormOptions) => {
    const { y, batchMean, batchVariance } = fusedBatchNorm(x, scale, offset, options);
    return [y, batchMean, batchVariance];
  },
  cases: { "x=[3,4,5]": { x: [3, 4, 5], scale: [5], offset: [5], $options: { epsilon: 0.1 } } },
  tolerance: { rtol: 1e-5, of: "largest", why: "the gradient of x is a difference" },
});

testOp("fusedBatchNorm, moments that were given", {
  build: ({ x, scale, offset, mean, variance }: Inputs) => {
    const result = fusedBatchNorm(x, scale, offset, { mean, variance, isTraining: false });
    return [result.y, result.batchMean, result.batchVariance];
  },
  cases: { "x=[6,5]": { x: [6, 5], scale: [5], offset: [5], mean: [5], variance: positive([5]) } },
  tolerance: { rtol: 1e-5, of: "largest", why: "gradients of the moments are sums" },
});

testOp("fusedBatchNorm, given moments", {
  build: ({ x, scale, offset, mean, variance }: Inputs) =>
    fusedBatchNorm(x, scale, offset, { mean, variance, isTraining: false }).y,
  cases: {
    "x=[2,3,3,8]": { x: [2, 3, 3, 8], scale: [8], offset: [8], mean: [8], variance: positive([8]) },
    "x=[600,21]": { x: [600, 21], scale: [21], offset: [21], mean: [21], variance: positive([21]) },
  },
  tolerance: { rtol: 1e-5, of: "largest", why: "gradients of the moments are sums of up to 600 rows" },
});

testOp("fusedBatchNorm, gradients included", {
  build: (
    { x, scale, offset, mean, variance, dy }: Inputs & { readonly dy: Tensor },
    options: FusedBatchNormOptions,
  ) => {
    const result = fusedBatchNorm(x, scale, offset, { mean, variance, ...options });
    const grads = gradients(result.y, [x, scale, offset], { gradYs: [dy] });
    return [result.y, result.batchMean, result.batchVariance, ...grads.filter((gradient) => gradient !== null)];
  },
  cases: {},
  golden: golden.map(({ title, x, isTraining, epsilon, y, mean, variance, dX, dScale, dOffset }) => {
    const channels = x.slice(-1);
    const spread = hashedUniform(channels, 5);
    return {
      inputs: {
        x: hashedUniform(x, 1, 2),
        scale: hashedUniform(channels, 2),
        offset: hashedUniform(channels, 3),
        mean: hashedUniform(channels, 4),
        variance: new NDArray(
          "float32",
          channels,
          Float32Array.from(spread.data, (value) => value ** 2),
        ),
        dy: hashedUniform(x, 6),
      },
      options: { isTraining, epsilon },
      outputs: [y, mean, variance, dX, dScale, dOffset],
      tolerance: { rtol: 3e-6, of: "largest", why: "gradients are differences" },
      from: `test/golden/fused-batch-norm.py: ${title}`,
    };
  }),
});
