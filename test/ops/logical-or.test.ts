import { DTypeError, ShapeError } from "../../src/core/errors.ts";
import { logicalOr } from "../../src/ops/logical-or.ts";
import { sameShapeCases, stretchedCases } from "../support/elementwise-cases.ts";
import { booleans, integers, testOp } from "../support/test-op.ts";

testOp("logicalOr", {
  build: ({ a, b }) => logicalOr(a, b),
  cases: sameShapeCases(booleans),
  gradient: { none: "booleans have none" },
  rejects: {
    "shapes that do not broadcast": {
      inputs: { a: booleans([2, 3]), b: booleans([2, 4]) },
      error: ShapeError,
      message: /do not broadcast/,
    },
    "dtypes that differ": { inputs: { a: [2], b: booleans([2]) }, error: DTypeError, message: /logicalOr/ },
    "dtypes that have no logicalOr": {
      inputs: { a: integers([2], 0, 2), b: integers([2], 0, 2) },
      error: DTypeError,
      message: /logicalOr/,
    },
  },
});

testOp("logicalOr, stretched", {
  build: ({ a, b }) => logicalOr(a, b),
  cases: stretchedCases(booleans),
  gradient: { none: "booleans have none" },
});
