import { DTypeError } from "../../src/core/errors.ts";
import { sigmoid } from "../../src/ops/sigmoid.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, testOp, values } from "../support/test-op.ts";

testOp("sigmoid", {
  build: ({ x }) => sigmoid(x),
  cases: unaryCases(),
  golden: [
    {
      inputs: { x: [-6.0, -3.0, -1.5, -0.5, -0.001, 0.0, 0.25, 1.0, 2.5, 7.0] },
      outputs: [
        [
          0.00247262316, 0.0474258732, 0.182425524, 0.377540669, 0.49975, 0.5, 0.562176501, 0.731058579, 0.92414182,
          0.999088949,
        ],
      ],
      from: "test/golden/elementwise.py",
    },
  ],
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError, message: /sigmoid/ } },
});

testOp("sigmoid at its extremes", {
  build: ({ x }) => sigmoid(x),
  cases: {
    "far out": { x: values([-87, -20, 20, 1e4, -1e4]) },
  },
  gradient: { none: "steps of finite differences do not fit these numbers" },
});
