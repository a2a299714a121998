import { DTypeError } from "../../src/core/errors.ts";
import { log1p } from "../../src/ops/log1p.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, positive, testOp, values } from "../support/test-op.ts";

testOp("log1p", {
  build: ({ x }) => log1p(x),
  cases: unaryCases(positive),
  golden: [
    {
      inputs: { x: [-0.5, -0.001, 0.0, 0.25, 1.0, 2.5, 7.0] },
      outputs: [[-Math.LN2, -0.00100050033, 0.0, 0.223143551, Math.LN2, 1.25276297, 2.07944154]],
      from: "test/golden/elementwise.py",
    },
  ],
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError, message: /log1p/ } },
});

testOp("log1p at its extremes", {
  build: ({ x }) => log1p(x),
  cases: {
    "nearly -1 to huge": { x: values([-0.99999994, -0.5, -1e-7, 1e-45, 1e-8, 0.4, 1e8, 3e38]) },
  },
  gradient: { none: "steps of finite differences do not fit these numbers" },
});
