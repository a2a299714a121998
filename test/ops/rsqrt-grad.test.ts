import { ShapeError } from "../../src/core/errors.ts";
import { rsqrtGrad } from "../../src/ops/rsqrt-grad.ts";
import { gradientOpCases } from "../support/elementwise-cases.ts";
import { positive, testOp } from "../support/test-op.ts";

testOp("rsqrtGrad", {
  build: ({ dy, y }) => rsqrtGrad(dy, y),
  cases: gradientOpCases("y", positive),
  rejects: { "shapes that differ": { inputs: { dy: [2, 3], y: [3, 2] }, error: ShapeError, message: /rsqrtGrad/ } },
});
