import assert from "node:assert/strict";
import { DTypeError } from "../../src/core/errors.ts";
import { selu } from "../../src/ops/selu.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, testOp } from "../support/test-op.ts";

const numbers = [-30, -6, -1.5, -0.5, -1e-6, 0, 0.25, 1, 2.5, 30];
const [scale, alpha] = [1.0507009873554805, 1.6732632423543772];

testOp("selu", {
  build: ({ x }) => selu(x),
  cases: unaryCases(),
  tolerance: { rtol: 2e-6, atol: 1e-6, why: "three roundings" },
  golden: [
    {
      inputs: { x: numbers },
      outputs: [numbers.map((x) => scale * (x > 0 ? x : alpha * Math.expm1(x)))],
      from: "the formula",
    },
  ],
  properties: [
    ({ outputs: [y] }) =>
      assert.ok(
        y!.data.every((value) => !(value < -1.7580995)),
        "a limit of -scale * alpha",
      ),
  ],
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError } },
});
