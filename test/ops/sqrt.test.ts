import { DTypeError } from "../../src/core/errors.ts";
import { sqrt } from "../../src/ops/sqrt.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, positive, testOp, values } from "../support/test-op.ts";

testOp("sqrt", {
  build: ({ x }) => sqrt(x),
  cases: unaryCases(positive),
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError, message: /sqrt/ } },
});

testOp("sqrt at its extremes", {
  build: ({ x }) => sqrt(x),
  cases: {
    "denormal, tiny and huge": { x: values([1e-45, 1e-38, 3e38, 4]) },
  },
  gradient: { none: "steps of finite differences do not fit these numbers" },
});
