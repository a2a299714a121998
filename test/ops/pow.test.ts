import { DTypeError, ShapeError } from "../../src/core/errors.ts";
import { pow } from "../../src/ops/pow.ts";
import { sameShapeCases, stretchedCases, SUMS } from "../support/elementwise-cases.ts";
import { booleans, integers, normal, positive, testOp, values } from "../support/test-op.ts";

testOp("pow", {
  build: ({ a, b }) => pow(a, b),
  cases: sameShapeCases(positive, normal),
  rejects: {
    "shapes that do not broadcast": {
      inputs: { a: [2, 3], b: [2, 4] },
      error: ShapeError,
      message: /do not broadcast/,
    },
    "dtypes that differ": { inputs: { a: [2], b: integers([2], 0, 2) }, error: DTypeError, message: /pow/ },
    "dtypes that have no pow": { inputs: { a: booleans([2]), b: booleans([2]) }, error: DTypeError, message: /pow/ },
  },
});

testOp("pow, stretched", {
  build: ({ a, b }) => pow(a, b),
  cases: stretchedCases(positive, normal),
  tolerance: SUMS,
});

testOp("pow at its extremes", {
  build: ({ a, b }) => pow(a, b),
  cases: {
    "whole powers of negative numbers": { a: values([-2, -2, -3, 2]), b: values([3, 2, -1, 0.5]) },
    "powers of zero": { a: values([0, 0, -0]), b: values([2, 0, 3]) },
  },
  gradient: { none: "steps of finite differences do not fit these numbers" },
});
