import { DTypeError } from "../../src/core/errors.ts";
import { tanh } from "../../src/ops/tanh.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, testOp, values } from "../support/test-op.ts";

testOp("tanh", {
  build: ({ x }) => tanh(x),
  cases: unaryCases(),
  tolerance: { rtol: 1.3e-6, atol: 5e-7, why: "1 - y^2 cancels where y is close to 1" },
  golden: [
    {
      inputs: { x: [-6.0, -3.0, -1.5, -0.5, -0.001, 0.0, 0.25, 1.0, 2.5, 7.0] },
      outputs: [
        [
          -0.999987712, -0.995054754, -0.905148254, -0.462117157, -0.000999999667, 0.0, 0.244918662, 0.761594156,
          0.986614298, 0.999998337,
        ],
      ],
      from: "test/golden/elementwise.py",
    },
  ],
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError, message: /tanh/ } },
});

testOp("tanh at its extremes", {
  build: ({ x }) => tanh(x),
  cases: {
    "near zero, the seam, far out": { x: values([-0.001, 0.624999, 0.625, 9, -50, 1e-30]) },
  },
  gradient: { none: "steps of finite differences do not fit these numbers" },
});
