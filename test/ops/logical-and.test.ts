import { DTypeError, ShapeError } from "../../src/core/errors.ts";
import { logicalAnd } from "../../src/ops/logical-and.ts";
import { sameShapeCases, stretchedCases } from "../support/elementwise-cases.ts";
import { booleans, integers, testOp } from "../support/test-op.ts";

testOp("logicalAnd", {
  build: ({ a, b }) => logicalAnd(a, b),
  cases: sameShapeCases(booleans),
  gradient: { none: "booleans have none" },
  rejects: {
    "shapes that do not broadcast": {
      inputs: { a: booleans([2, 3]), b: booleans([2, 4]) },
      error: ShapeError,
      message: /do not broadcast/,
    },
    "dtypes that differ": { inputs: { a: [2], b: booleans([2]) }, error: DTypeError, message: /logicalAnd/ },
    "dtypes that have no logicalAnd": {
      inputs: { a: integers([2], 0, 2), b: integers([2], 0, 2) },
      error: DTypeError,
      message: /logicalAnd/,
    },
  },
});

testOp("logicalAnd, stretched", {
  build: ({ a, b }) => logicalAnd(a, b),
  cases: stretchedCases(booleans),
  gradient: { none: "booleans have none" },
});
