import { ShapeError } from "../../src/core/errors.ts";
import { cast } from "../../src/ops/cast.ts";
import { reduceSum } from "../../src/ops/reduce-sum.ts";
import { integers, testOp, values } from "../support/test-op.ts";

testOp("reduceSum", {
  build: ({ x }, options) => reduceSum(x, options),
  cases: {
    scalar: { x: [] },
    "one element": { x: [1] },
    "no element": { x: [0, 3], $options: { axis: 0 } },
    "no result": { x: [0, 3], $options: { axis: 1 } },
    "x=[4,5] all": { x: [4, 5] },
    "x=[4,5] none": { x: [4, 5], $options: { axis: [] } },
    "x=[4,5] axis=-1 keepDims": { x: [4, 5], $options: { axis: -1, keepDims: true } },
    "axis of 1": { x: [4, 1, 5], $options: { axis: 1 } },
    "vector tails along rows": { x: [3, 71], $options: { axis: 1 } },
    "vector tails along columns": { x: [5, 71], $options: { axis: 0 } },
    "several blocks of float32": { x: [2, 2100], $options: { axis: 1 } },
    "x=[3,4,5,2] axis=[0,2]": { x: [3, 4, 5, 2], $options: { axis: [0, 2] } },
    "x=[2,3,4,5] axis=[1,3]": { x: [2, 3, 4, 5], $options: { axis: [1, -1] } },
    "more columns than a unit": { x: [3, 600], $options: { axis: 0 } },
    "a row cut into parts": { x: [70001] },
    "columns cut into parts": { x: [3000, 33], $options: { axis: 0 } },
    int32: { x: integers([4, 70], -50, 50), $options: { axis: 1 } },
    "int32 columns": { x: integers([70, 4], -50, 50), $options: { axis: 0 } },
  },
  tolerance: { rtol: 1.3e-6, atol: 1e-4, why: "70,001 terms that cancel, each rounded at the size of its block's sum" },
  rejects: {
    "an axis that is not there": {
      inputs: { x: [2, 3] },
      options: { axis: 2 },
      error: ShapeError,
      message: /no axis 2/,
    },
  },
});

testOp("reduceSum of integers that wraps around, as the next op reads it", {
  build: ({ x }) => cast(reduceSum(x, { axis: 1 }), "float32"),
  cases: { "one beyond": { x: values([[2 ** 31 - 1, 1]], "int32") } },
  golden: [{ inputs: { x: values([[2 ** 31 - 1, 1]], "int32") }, outputs: [[-(2 ** 31)]], from: "two's complement" }],
  gradient: { none: "integers have none" },
});
