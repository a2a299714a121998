import { DTypeError } from "../../src/core/errors.ts";
import { log } from "../../src/ops/log.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, positive, testOp, values } from "../support/test-op.ts";

testOp("log", {
  build: ({ x }) => log(x),
  cases: unaryCases(positive),
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError, message: /log/ } },
});

testOp("log at its extremes", {
  build: ({ x }) => log(x),
  cases: {
    "denormal to huge": { x: values([1e-45, 1e-40, 1e-38, 0.99999994, 1.0000001, 1.5, 3.4e38]) },
    negative: { x: values([-1, -1e-45]) },
  },
  gradient: { none: "steps of finite differences do not fit these numbers" },
});
