import { DTypeError } from "../../src/core/errors.ts";
import { div } from "../../src/ops/div.ts";
import { relu } from "../../src/ops/relu.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, testOp, values } from "../support/test-op.ts";

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

testOp("relu of a negative zero", {
  build: ({ x }) => div(1, relu(x)),
  cases: { "keeps the sign": { x: values([-0, 0, -1, 2]) } },
  golden: [{ inputs: { x: values([-0, 0]) }, outputs: [[-Infinity, Infinity]], from: "no zero is less than another" }],
  gradient: { none: "a pole" },
});
