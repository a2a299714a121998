import { DTypeError, ShapeError } from "../../src/core/errors.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { concat } from "../../src/ops/concat.ts";
import { booleans, integers, testOp } from "../support/test-op.ts";

testOp("concat", {
  build: (inputs, { axis }) => concat(Object.values<Tensor>(inputs), axis),
  cases: {
    "one value": { a: [2, 3], $options: { axis: 0 } },
    "a=[2,3] b=[4,3] axis=0": { a: [2, 3], b: [4, 3], $options: { axis: 0 } },
    "three along the last axis": { a: [5, 3], b: [5, 1], c: [5, 30], $options: { axis: -1 } },
    "in the middle": { a: [2, 3, 4], b: [2, 1, 4], $options: { axis: 1 } },
    "one of them empty": { a: [2, 0], b: [2, 3], $options: { axis: 1 } },
    "longer than a task": { a: [20_000], b: [3], $options: { axis: 0 } },
  },
  rejects: {
    "other dimensions": {
      inputs: { a: [2, 3], b: [3, 3] },
      options: { axis: 1 },
      error: ShapeError,
      message: /differ outside axis 1/,
    },
    "other ranks": {
      inputs: { a: [2, 3], b: [2] },
      options: { axis: 0 },
      error: ShapeError,
      message: /differ in rank: \[2, 3\] and \[2\]/,
    },
    // Along its only axis a vector has nothing outside the axis to compare.
    "a vector and a matrix": {
      inputs: { a: [5], b: [20, 6] },
      options: { axis: 0 },
      error: ShapeError,
      message: /differ in rank: \[5\] and \[20, 6\]/,
    },
    "a vector and a scalar": { inputs: { a: [5], b: [] }, options: { axis: -1 }, error: ShapeError, message: /rank/ },
    "other dtypes": { inputs: { a: [2], b: integers([2], 0, 2) }, options: { axis: 0 }, error: DTypeError },
  },
});

testOp("concat of bool", {
  build: (inputs) => concat(Object.values<Tensor>(inputs), 1),
  cases: { "a=[3,2] b=[3,7]": { a: booleans([3, 2]), b: booleans([3, 7]) } },
  gradient: { none: "bool has none" },
});
