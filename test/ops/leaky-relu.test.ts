import { DTypeError } from "../../src/core/errors.ts";
import { leakyRelu } from "../../src/ops/leaky-relu.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, testOp } from "../support/test-op.ts";

testOp("leakyRelu", {
  build: ({ x }, options) => leakyRelu(x, options),
  cases: {
    ...unaryCases(),
    "alpha=0.01": { x: [3, 17], $options: { alpha: 0.01 } },
    "alpha=0": { x: [3, 17], $options: { alpha: 0 } },
    "alpha=-1, the absolute value": { x: [3, 17], $options: { alpha: -1 } },
  },
  golden: [
    {
      inputs: { x: [-6.0, -3.0, -1.5, -0.5, -0.001, 0.0, 0.25, 1.0, 2.5, 7.0] },
      options: { alpha: 0.1 },
      outputs: [[-0.6, -0.3, -0.15, -0.05, -0.0001, 0.0, 0.25, 1.0, 2.5, 7.0]],
      from: "test/golden/elementwise.py",
    },
  ],
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError, message: /leakyRelu/ } },
});
