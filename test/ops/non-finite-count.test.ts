import { DTypeError } from "../../src/core/errors.ts";
import { nonFiniteCount } from "../../src/ops/non-finite-count.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { integers, testOp } from "../support/test-op.ts";

testOp("nonFiniteCount", {
  build: ({ x }) => nonFiniteCount(x),
  cases: unaryCases(),
  gradient: { none: "its output is a count" },
  golden: [
    {
      inputs: {
        x: [
          [NaN, 1, Infinity],
          [-Infinity, 0, 3e38],
        ],
      },
      outputs: [3],
      from: "counting",
    },
    { inputs: { x: [1, 2, 3] }, outputs: [0], from: "counting" },
  ],
  rejects: { int32: { inputs: { x: integers([2], 0, 2) }, error: DTypeError, message: /nonFiniteCount/ } },
});
