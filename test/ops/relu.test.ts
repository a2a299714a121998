import { DTypeError } from "../../src/core/errors.ts";
import { relu } from "../../src/ops/relu.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, testOp } from "../support/test-op.ts";

testOp("relu", {
  build: ({ x }) => relu(x),
  cases: unaryCases(),
  golden: [
    {
      inputs: { x: [-6.0, -3.0, -1.5, -0.5, -0.001, 0.0, 0.25, 1.0, 2.5, 7.0] },
      outputs: [[0, 0, 0, 0, 0, 0, 0.25, 1, 2.5, 7]],
      from: "the definition",
    },
  ],
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError, message: /relu/ } },
});
