import { DTypeError } from "../../src/core/errors.ts";
import { isNan } from "../../src/ops/is-nan.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, testOp } from "../support/test-op.ts";

testOp("isNan", {
  build: ({ x }) => isNan(x),
  cases: unaryCases(),
  gradient: { none: "its output is bool" },
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError, message: /isNan/ } },
});
