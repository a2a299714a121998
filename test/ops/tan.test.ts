import { DTypeError } from "../../src/core/errors.ts";
import { tan } from "../../src/ops/tan.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, testOp, uniform } from "../support/test-op.ts";

const numbers = [-4, -1.5, -0.5, 0, 0.001, 0.75, 1, 3.125, 10];

testOp("tan", {
  build: ({ x }) => tan(x),
  // Away from the poles at odd multiples of π/2.
  cases: unaryCases((shape) => uniform(shape, -1.2, 1.2)),
  tolerance: { rtol: 4e-6, atol: 1e-6, why: "a quotient; its gradient is of squares" },
  golden: [
    {
      inputs: { x: numbers },
      outputs: [numbers.map((x) => Math.tan(Math.fround(x)))],
      tolerance: { rtol: 1e-6, atol: 1e-9, why: "a quotient of two roundings" },
      from: "Math.tan",
    },
  ],
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError } },
});
