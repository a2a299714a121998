import { DTypeError } from "../../src/core/errors.ts";
import { reduceMean } from "../../src/ops/reduce-mean.ts";
import { integers, testOp, uniform } from "../support/test-op.ts";

testOp("reduceMean", {
  build: ({ x }, options) => reduceMean(x, options),
  cases: {
    scalar: { x: [] },
    "x=[3,7]": { x: [3, 7] },
    "x=[3,7] axis=0 keepDims": { x: [3, 7], $options: { axis: 0, keepDims: true } },
    "x=[2,3,4,5] axis=[0,2]": { x: [2, 3, 4, 5], $options: { axis: [0, 2] } },
    "images to channels": { x: [2, 14, 14, 32], $options: { axis: [0, 1, 2] } },
  },
  tolerance: { rtol: 1.3e-6, atol: 1e-6, why: "terms that cancel" },
  rejects: { int32: { inputs: { x: integers([3], 0, 5) }, error: DTypeError, message: /tf\.cast/ } },
});

testOp("reduceMean of nothing", {
  build: ({ x }, options) => reduceMean(x, options),
  cases: {
    "x=[0,3] axis=0": { x: [0, 3], $options: { axis: 0 } },
    "x=[3,0,2] axis=[1,2]": { x: [3, 0, 2], $options: { axis: [1, 2] } },
    "no result either": { x: [0, 3], $options: { axis: 1 } },
  },
  gradient: { none: "there are no elements to move" },
});

testOp("reduceMean far from zero", {
  build: ({ x }) => reduceMean(x),
  cases: { "x=[50000]": { x: uniform([50_000], 1000, 1001) } },
  gradient: { none: "finite differences drown in 1,000" },
});
