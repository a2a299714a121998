import { ShapeError } from "../../src/core/errors.ts";
import { reluGrad } from "../../src/ops/relu-grad.ts";
import { gradientOpCases } from "../support/elementwise-cases.ts";
import { testOp } from "../support/test-op.ts";

testOp("reluGrad", {
  build: ({ dy, y }) => reluGrad(dy, y),
  cases: gradientOpCases("y"),
  gradient: ["dy"],
  rejects: { "shapes that differ": { inputs: { dy: [2, 3], y: [3, 2] }, error: ShapeError, message: /reluGrad/ } },
});
