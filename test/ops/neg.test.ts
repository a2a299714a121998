import { DTypeError } from "../../src/core/errors.ts";
import { neg } from "../../src/ops/neg.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, integers, testOp, values } from "../support/test-op.ts";

testOp("neg", {
  build: ({ x }) => neg(x),
  cases: unaryCases(),
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError, message: /neg/ } },
});

testOp("neg of int32", {
  build: ({ x }) => neg(x),
  cases: {
    small: { x: integers([3, 7], -50, 50) },
    extreme: { x: values([-2147483648, 2147483647, -1, 0, 65537], "int32") },
  },
  gradient: { none: "integers have none" },
});
