import { DTypeError } from "../../src/core/errors.ts";
import { softplus } from "../../src/ops/softplus.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, testOp, values } from "../support/test-op.ts";

testOp("softplus", {
  build: ({ x }) => softplus(x),
  cases: unaryCases(),
  golden: [
    {
      inputs: { x: [-6.0, -3.0, -1.5, -0.5, -0.001, 0.0, 0.25, 1.0, 2.5, 7.0] },
      outputs: [
        [
          0.00247568514,
          0.0485873516,
          0.201413278,
          0.474076984,
          0.692647306,
          Math.LN2,
          0.82593942,
          1.31326169,
          2.57888973,
          7.00091147,
        ],
      ],
      from: "test/golden/elementwise.py",
    },
  ],
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError, message: /softplus/ } },
});

testOp("softplus at its extremes", {
  build: ({ x }) => softplus(x),
  cases: {
    "far out": { x: values([-87, -20, 20, 1e4, -1e4]) },
  },
  gradient: { none: "steps of finite differences do not fit these numbers" },
});
