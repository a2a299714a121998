import { DTypeError } from "../../src/core/errors.ts";
import { square } from "../../src/ops/square.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, integers, testOp, values } from "../support/test-op.ts";

testOp("square", {
  build: ({ x }) => square(x),
  cases: unaryCases(),
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError, message: /square/ } },
});

testOp("square of int32", {
  build: ({ x }) => square(x),
  cases: {
    small: { x: integers([3, 7], -50, 50) },
    extreme: { x: values([-2147483648, 2147483647, -1, 0, 65537], "int32") },
  },
  gradient: { none: "integers have none" },
});
