import { DTypeError, ShapeError } from "../../src/core/errors.ts";
import { div } from "../../src/ops/div.ts";
import { sameShapeCases, stretchedCases, SUMS } from "../support/elementwise-cases.ts";
import { booleans, integers, normal, positive, testOp } from "../support/test-op.ts";

testOp("div", {
  build: ({ a, b }) => div(a, b),
  cases: sameShapeCases(normal, positive),
  rejects: {
    "shapes that do not broadcast": {
      inputs: { a: [2, 3], b: [2, 4] },
      error: ShapeError,
      message: /do not broadcast/,
    },
    "dtypes that differ": { inputs: { a: [2], b: integers([2], 0, 2) }, error: DTypeError, message: /div/ },
    "dtypes that have no div": { inputs: { a: booleans([2]), b: booleans([2]) }, error: DTypeError, message: /div/ },
  },
});

testOp("div, stretched", {
  build: ({ a, b }) => div(a, b),
  cases: stretchedCases(normal, positive),
  tolerance: SUMS,
});
