import { DTypeError, ShapeError } from "../../src/core/errors.ts";
import { floorDiv } from "../../src/ops/floor-div.ts";
import { sameShapeCases, stretchedCases } from "../support/elementwise-cases.ts";
import { booleans, integers, normal, positive, testOp, values } from "../support/test-op.ts";

testOp("floorDiv", {
  build: ({ a, b }) => floorDiv(a, b),
  cases: sameShapeCases(normal, positive),
  gradient: { none: "floorDiv is flat" },
  golden: [
    {
      inputs: { a: [7, -7, 7, -7, 6], b: [3, 3, -3, -3, 3] },
      outputs: [[2, -3, -3, 2, 2]],
      from: "test/golden/elementwise.py",
    },
  ],
  rejects: {
    "shapes that do not broadcast": {
      inputs: { a: [2, 3], b: [2, 4] },
      error: ShapeError,
      message: /do not broadcast/,
    },
    "dtypes that differ": { inputs: { a: [2], b: integers([2], 0, 2) }, error: DTypeError, message: /floorDiv/ },
    "dtypes that have no floorDiv": {
      inputs: { a: booleans([2]), b: booleans([2]) },
      error: DTypeError,
      message: /floorDiv/,
    },
  },
});

testOp("floorDiv, stretched", {
  build: ({ a, b }) => floorDiv(a, b),
  cases: stretchedCases(normal, positive),
  gradient: { none: "floorDiv is flat" },
});

testOp("floorDiv of int32", {
  build: ({ a, b }) => floorDiv(a, b),
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
