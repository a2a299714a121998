import { DTypeError, ShapeError, ValueError } from "../../src/core/errors.ts";
import { gather } from "../../src/ops/gather.ts";
import { booleans, integers, testOp, values } from "../support/test-op.ts";

testOp("gather", {
  build: ({ params, indices }, options) => gather(params, indices, options),
  cases: {
    "a scalar index": { params: [5, 3], indices: integers([], 0, 5) },
    "rows with repeats": { params: [5, 3], indices: integers([4, 6], 0, 5) },
    "single elements": { params: [30], indices: integers([100], 0, 30) },
    "axis=1": { params: [3, 6, 4], indices: integers([5], 0, 6), $options: { axis: 1 } },
    "axis=-1": { params: [3, 6], indices: integers([2, 2], 0, 6), $options: { axis: -1 } },
    "long rows": { params: [4, 3000], indices: integers([20], 0, 4) },
    "indices outside": { params: [3, 2], indices: values([-1, 3, 2, 0], "int32") },
    "no indices": { params: [3, 2], indices: integers([0], 0, 1) },
    "rows of their own": { params: [6, 10], indices: integers([6, 4], 0, 10), $options: { batchDims: 1 } },
    "one index a row, two batch axes": {
      params: [2, 3, 10, 4],
      indices: integers([2, 3], 0, 10),
      $options: { batchDims: 2 },
    },
    "an axis between": {
      params: [2, 3, 10, 4],
      indices: integers([2, 5, 2], 0, 10),
      $options: { axis: 2, batchDims: 1 },
    },
    "a batch of many": { params: [3000, 7], indices: integers([3000, 2], 0, 7), $options: { batchDims: 1 } },
    "long rows of their own": { params: [2, 3, 3000], indices: integers([2, 9], 0, 3), $options: { batchDims: 1 } },
    "indices outside their rows": {
      params: [2, 3],
      indices: values(
        [
          [-1, 2],
          [3, 0],
        ],
        "int32",
      ),
      $options: { batchDims: 1 },
    },
    "no batch": { params: [0, 4], indices: integers([0, 2], 0, 4), $options: { batchDims: 1 } },
  },
  gradient: ["params"],
  tolerance: { rtol: 1.3e-6, atol: 1e-6, why: "the gradient adds up terms that cancel" },
  rejects: {
    "indices of float32": { inputs: { params: [3], indices: [2] }, error: DTypeError },
    "an axis beyond": {
      inputs: { params: [3], indices: integers([2], 0, 3) },
      options: { axis: 1 },
      error: ShapeError,
    },
    "batches that differ": {
      inputs: { params: [3, 5], indices: integers([2, 4], 0, 5) },
      options: { batchDims: 1 },
      error: ShapeError,
      message: /params begin with \[3\], indices with \[2\]/,
    },
    "a batch axis that is the axis": {
      inputs: { params: [3, 5], indices: integers([3, 4], 0, 5) },
      options: { axis: 0, batchDims: 1 },
      error: ValueError,
      message: /batchDims is 1\.[^]*use 0 to 0/,
    },
    "more batch axes than indices have": {
      inputs: { params: [3, 5, 2], indices: integers([3], 0, 5) },
      options: { axis: 2, batchDims: 2 },
      error: ValueError,
      message: /use 0 to 1/,
    },
  },
});

testOp("gather of bool", {
  build: ({ params, indices }) => gather(params, indices),
  cases: { "params=[5,3]": { params: booleans([5, 3]), indices: integers([4], 0, 5) } },
  gradient: { none: "bool has none" },
});
