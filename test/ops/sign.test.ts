import { DTypeError } from "../../src/core/errors.ts";
import { sign } from "../../src/ops/sign.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, integers, testOp, values } from "../support/test-op.ts";

testOp("sign", {
  build: ({ x }) => sign(x),
  cases: unaryCases(),
  gradient: { none: "sign is flat" },
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError, message: /sign/ } },
});

testOp("sign of int32", {
  build: ({ x }) => sign(x),
  cases: {
    small: { x: integers([3, 7], -50, 50) },
    extreme: { x: values([-2147483648, 2147483647, -1, 0, 65537], "int32") },
  },
  gradient: { none: "integers have none" },
});
