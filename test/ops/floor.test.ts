import { DTypeError } from "../../src/core/errors.ts";
import { floor } from "../../src/ops/floor.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, normal, testOp } from "../support/test-op.ts";

testOp("floor", {
  build: ({ x }) => floor(x),
  cases: unaryCases((shape) => normal(shape, 4)),
  gradient: { none: "floor is flat" },
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError, message: /floor/ } },
});
