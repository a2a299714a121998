import { DTypeError } from "../../src/core/errors.ts";
import { elu } from "../../src/ops/elu.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, testOp, values } from "../support/test-op.ts";

testOp("elu", {
  build: ({ x }) => elu(x),
  cases: unaryCases(),
  golden: [
    {
      inputs: { x: [-6.0, -3.0, -1.5, -0.5, -0.001, 0.0, 0.25, 1.0, 2.5, 7.0] },
      outputs: [[-0.997521248, -0.950212932, -0.77686984, -0.39346934, -0.000999500167, 0.0, 0.25, 1.0, 2.5, 7.0]],
      from: "test/golden/elementwise.py",
    },
  ],
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError, message: /elu/ } },
});

testOp("elu at its extremes", {
  build: ({ x }) => elu(x),
  cases: {
    "near zero, the seam, far out": { x: values([-1e-7, -1e-30, -0.3466, -100]) },
  },
  gradient: { none: "steps of finite differences do not fit these numbers" },
});
