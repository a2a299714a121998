import { DTypeError } from "../../src/core/errors.ts";
import { sin } from "../../src/ops/sin.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, testOp, values } from "../support/test-op.ts";

testOp("sin", {
  build: ({ x }) => sin(x),
  cases: unaryCases(),
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError, message: /sin/ } },
});

testOp("sin at its extremes", {
  build: ({ x }) => sin(x),
  cases: {
    "zeros, and far out": {
      x: values([Math.PI, Math.PI / 2, 2 * Math.PI, -100, 12345.678, 1048575.9, 1e7, 6.96e26, 3e38]),
    },
  },
  gradient: { none: "steps of finite differences do not fit these numbers" },
});
