import { DTypeError } from "../../src/core/errors.ts";
import { swish } from "../../src/ops/swish.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, testOp } from "../support/test-op.ts";

const numbers = [-30, -6, -1.5, -0.5, 0, 0.25, 1, 2.5, 30];

testOp("swish", {
  build: ({ x }) => swish(x),
  cases: unaryCases(),
  tolerance: { rtol: 2e-6, atol: 5e-7, why: "the gradient's terms cancel close to -1.28" },
  golden: [
    {
      inputs: { x: numbers },
      outputs: [numbers.map((x) => x / (1 + Math.exp(-x)))],
      tolerance: { rtol: 2e-6, atol: 0, why: "a product of two roundings" },
      from: "the formula",
    },
  ],
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError } },
});
