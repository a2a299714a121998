import { ShapeError } from "../../src/core/errors.ts";
import { leakyReluGrad } from "../../src/ops/leaky-relu-grad.ts";
import { gradientOpCases } from "../support/elementwise-cases.ts";
import { testOp } from "../support/test-op.ts";

testOp("leakyReluGrad", {
  build: ({ dy, x }) => leakyReluGrad(dy, x, 0.1),
  cases: gradientOpCases("x"),
  gradient: ["dy"],
  rejects: { "shapes that differ": { inputs: { dy: [2, 3], x: [3, 2] }, error: ShapeError, message: /leakyReluGrad/ } },
});
