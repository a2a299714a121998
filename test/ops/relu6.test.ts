import { DTypeError } from "../../src/core/errors.ts";
import { div } from "../../src/ops/div.ts";
import { relu6 } from "../../src/ops/relu6.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, normal, testOp, values } from "../support/test-op.ts";

testOp("relu6", {
  build: ({ x }) => relu6(x),
  cases: unaryCases((shape) => normal(shape, 4)),
  golden: [
    {
      inputs: { x: [-6.0, -3.0, -1.5, -0.5, -0.001, 0.0, 0.25, 1.0, 2.5, 7.0] },
      outputs: [[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.25, 1.0, 2.5, 6.0]],
      from: "test/golden/elementwise.py",
    },
  ],
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError, message: /relu6/ } },
});

testOp("relu6 of a negative zero", {
  build: ({ x }) => div(1, relu6(x)),
  cases: { "keeps the sign": { x: values([-0, 0, -1, 2]) } },
  golden: [{ inputs: { x: values([-0, 0]) }, outputs: [[-Infinity, Infinity]], from: "no zero is less than another" }],
  gradient: { none: "a pole" },
});
