import { DTypeError } from "../../src/core/errors.ts";
import { rsqrt } from "../../src/ops/rsqrt.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, positive, testOp, values } from "../support/test-op.ts";

testOp("rsqrt", {
  build: ({ x }) => rsqrt(x),
  cases: unaryCases(positive),
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError, message: /rsqrt/ } },
});

testOp("rsqrt at its extremes", {
  build: ({ x }) => rsqrt(x),
  cases: {
    "tiny and huge": { x: values([1e-38, 3e38, 4]) },
  },
  gradient: { none: "steps of finite differences do not fit these numbers" },
});
