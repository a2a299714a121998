import { DTypeError } from "../../src/core/errors.ts";
import { ceil } from "../../src/ops/ceil.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, normal, testOp } from "../support/test-op.ts";

testOp("ceil", {
  build: ({ x }) => ceil(x),
  cases: unaryCases((shape) => normal(shape, 4)),
  gradient: { none: "ceil is flat" },
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError, message: /ceil/ } },
});
