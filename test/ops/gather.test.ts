import { DTypeError, ShapeError } from "../../src/core/errors.ts";
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
  },
});

testOp("gather of bool", {
  build: ({ params, indices }) => gather(params, indices),
  cases: { "params=[5,3]": { params: booleans([5, 3]), indices: integers([4], 0, 5) } },
  gradient: { none: "bool has none" },
});
