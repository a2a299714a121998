import { DTypeError } from "../../src/core/errors.ts";
import { logicalNot } from "../../src/ops/logical-not.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, integers, testOp } from "../support/test-op.ts";

testOp("logicalNot", {
  build: ({ x }) => logicalNot(x),
  cases: unaryCases(booleans),
  gradient: { none: "booleans have none" },
  rejects: { int32: { inputs: { x: integers([2], 0, 2) }, error: DTypeError, message: /logicalNot/ } },
});
