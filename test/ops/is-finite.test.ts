import { DTypeError } from "../../src/core/errors.ts";
import { isFinite } from "../../src/ops/is-finite.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, testOp } from "../support/test-op.ts";

testOp("isFinite", {
  build: ({ x }) => isFinite(x),
  cases: unaryCases(),
  gradient: { none: "its output is bool" },
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError, message: /isFinite/ } },
});
