import { DTypeError } from "../../src/core/errors.ts";
import { expm1 } from "../../src/ops/expm1.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, testOp, values } from "../support/test-op.ts";

const numbers = [-20, -1.5, -0.001, -1e-7, 0, 1e-20, 1e-7, 0.001, 0.25, 1, 2.5, 20];

testOp("expm1", {
  build: ({ x }) => expm1(x),
  cases: unaryCases(),
  tolerance: { rtol: 1.3e-6, atol: 1e-6, why: "the gradient adds two terms" },
  golden: [
    {
      inputs: { x: numbers },
      outputs: [numbers.map((x) => Math.expm1(Math.fround(x)))],
      tolerance: { rtol: 1e-6, atol: 0, why: "close to 0 as far from it: exp(x) - 1 would have no digit right" },
      from: "Math.expm1",
    },
  ],
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError } },
});

testOp("expm1 at its extremes", {
  build: ({ x }) => expm1(x),
  cases: { "all the way": { x: values([-200, -88, -1e-30, 1e-30, 80, 88]) } },
  tolerance: { rtol: 1e-6, atol: 0, why: "a product of two roundings" },
  gradient: { none: "steps of finite differences do not fit these numbers" },
});
