import { ShapeError } from "../../src/core/errors.ts";
import { sqrtGrad } from "../../src/ops/sqrt-grad.ts";
import { gradientOpCases } from "../support/elementwise-cases.ts";
import { positive, testOp } from "../support/test-op.ts";

testOp("sqrtGrad", {
  build: ({ dy, y }) => sqrtGrad(dy, y),
  cases: gradientOpCases("y", positive),
  rejects: { "shapes that differ": { inputs: { dy: [2, 3], y: [3, 2] }, error: ShapeError, message: /sqrtGrad/ } },
});
