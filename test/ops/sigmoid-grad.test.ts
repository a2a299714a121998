import { ShapeError } from "../../src/core/errors.ts";
import { sigmoidGrad } from "../../src/ops/sigmoid-grad.ts";
import { gradientOpCases } from "../support/elementwise-cases.ts";
import { testOp, uniform } from "../support/test-op.ts";

testOp("sigmoidGrad", {
  build: ({ dy, y }) => sigmoidGrad(dy, y),
  cases: gradientOpCases("y", (shape) => uniform(shape, 0, 1)),
  rejects: { "shapes that differ": { inputs: { dy: [2, 3], y: [3, 2] }, error: ShapeError, message: /sigmoidGrad/ } },
});
