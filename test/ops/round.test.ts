import { DTypeError } from "../../src/core/errors.ts";
import { round } from "../../src/ops/round.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, normal, testOp } from "../support/test-op.ts";

testOp("round", {
  build: ({ x }) => round(x),
  cases: unaryCases((shape) => normal(shape, 4)),
  gradient: { none: "round is flat" },
  golden: [
    {
      inputs: { x: [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 2.4, 2.6] },
      outputs: [[-2, -2, 0, 0, 2, 2, 2, 3]],
      from: "test/golden/elementwise.py",
    },
  ],
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError, message: /round/ } },
});
