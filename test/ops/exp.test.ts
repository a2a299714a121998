import { DTypeError } from "../../src/core/errors.ts";
import { exp } from "../../src/ops/exp.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, testOp, values } from "../support/test-op.ts";

testOp("exp", {
  build: ({ x }) => exp(x),
  cases: unaryCases(),
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError, message: /exp/ } },
});

testOp("exp at its extremes", {
  build: ({ x }) => exp(x),
  cases: {
    "both ends": { x: values([-103, -88, -87.3, -1e-8, 1e-8, 0.3466, 88.7]) },
    "beyond both ends": { x: values([-200, 89, 1000]) },
  },
  gradient: { none: "steps of finite differences do not fit these numbers" },
});
