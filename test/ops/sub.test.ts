import { DTypeError, ShapeError } from "../../src/core/errors.ts";
import { sub } from "../../src/ops/sub.ts";
import { sameShapeCases, stretchedCases, SUMS } from "../support/elementwise-cases.ts";
import { booleans, integers, testOp, values } from "../support/test-op.ts";

testOp("sub", {
  build: ({ a, b }) => sub(a, b),
  cases: sameShapeCases(),
  rejects: {
    "shapes that do not broadcast": {
      inputs: { a: [2, 3], b: [2, 4] },
      error: ShapeError,
      message: /do not broadcast/,
    },
    "dtypes that differ": { inputs: { a: [2], b: integers([2], 0, 2) }, error: DTypeError, message: /sub/ },
    "dtypes that have no sub": { inputs: { a: booleans([2]), b: booleans([2]) }, error: DTypeError, message: /sub/ },
  },
});

testOp("sub, stretched", {
  build: ({ a, b }) => sub(a, b),
  cases: stretchedCases(),
  tolerance: SUMS,
});

testOp("sub of int32", {
  build: ({ a, b }) => sub(a, b),
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

testOp("sub of uint8", {
  build: ({ a, b }) => sub(a, b),
  cases: stretchedCases((shape) => integers(shape, 0, 256, "uint8")),
  gradient: { none: "integers have none" },
});
