import { DTypeError, ShapeError } from "../../src/core/errors.ts";
import { floorMod } from "../../src/ops/floor-mod.ts";
import { sameShapeCases, stretchedCases, SUMS } from "../support/elementwise-cases.ts";
import { booleans, integers, normal, positive, testOp, uniform, values } from "../support/test-op.ts";

testOp("floorMod", {
  build: ({ a, b }) => floorMod(a, b),
  cases: sameShapeCases(normal, positive),
  gradient: { none: "tested below, away from the steps" },
  golden: [
    {
      inputs: { a: [7, -7, 7, -7, 6], b: [3, 3, -3, -3, 3] },
      outputs: [[1, 2, -2, -1, 0]],
      from: "test/golden/elementwise.py",
    },
  ],
  rejects: {
    "shapes that do not broadcast": {
      inputs: { a: [2, 3], b: [2, 4] },
      error: ShapeError,
      message: /do not broadcast/,
    },
    "dtypes that differ": { inputs: { a: [2], b: integers([2], 0, 2) }, error: DTypeError, message: /floorMod/ },
    "dtypes that have no floorMod": {
      inputs: { a: booleans([2]), b: booleans([2]) },
      error: DTypeError,
      message: /floorMod/,
    },
  },
});

testOp("floorMod, stretched", {
  build: ({ a, b }) => floorMod(a, b),
  cases: stretchedCases(normal, positive),
  gradient: { none: "tested below, away from the steps" },
});

testOp("floorMod of int32", {
  build: ({ a, b }) => floorMod(a, b),
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

testOp("the gradient of floorMod", {
  build: ({ a, b }) => floorMod(a, b),
  cases: { "floor(a / b) = 2": { a: uniform([3, 17], 2.1, 2.9), b: uniform([17], 0.98, 1.02) } },
  tolerance: SUMS,
});
