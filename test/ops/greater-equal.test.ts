import { DTypeError, ShapeError } from "../../src/core/errors.ts";
import { greaterEqual } from "../../src/ops/greater-equal.ts";
import { sameShapeCases, stretchedCases } from "../support/elementwise-cases.ts";
import { booleans, integers, testOp, values } from "../support/test-op.ts";

testOp("greaterEqual", {
  build: ({ a, b }) => greaterEqual(a, b),
  cases: sameShapeCases((shape) => integers(shape, -2, 3, "float32")),
  gradient: { none: "its output is bool" },
  rejects: {
    "shapes that do not broadcast": {
      inputs: { a: [2, 3], b: [2, 4] },
      error: ShapeError,
      message: /do not broadcast/,
    },
    "dtypes that differ": { inputs: { a: [2], b: integers([2], 0, 2) }, error: DTypeError, message: /greaterEqual/ },
    "dtypes that have no greaterEqual": {
      inputs: { a: booleans([2]), b: booleans([2]) },
      error: DTypeError,
      message: /greaterEqual/,
    },
  },
});

testOp("greaterEqual, stretched", {
  build: ({ a, b }) => greaterEqual(a, b),
  cases: stretchedCases((shape) => integers(shape, -2, 3, "float32")),
  gradient: { none: "its output is bool" },
});

testOp("greaterEqual of int32", {
  build: ({ a, b }) => greaterEqual(a, b),
  cases: {
    ...sameShapeCases((shape) => integers(shape, -6, 6)),
    ...stretchedCases((shape) => integers(shape, -6, 6)),
    extreme: {
      a: values([-2147483648, 2147483647, -2147483648, 65537, 5, -5, 0], "int32"),
      b: values([-1, 2, 2147483647, 65537, 0, 0, 0], "int32"),
    },
  },
  gradient: { none: "integers have none" },
});

testOp("greaterEqual of uint8", {
  build: ({ a, b }) => greaterEqual(a, b),
  cases: stretchedCases((shape) => integers(shape, 0, 4, "uint8")),
  gradient: { none: "integers have none" },
});
