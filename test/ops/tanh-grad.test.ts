import { ShapeError } from "../../src/core/errors.ts";
import { tanhGrad } from "../../src/ops/tanh-grad.ts";
import { gradientOpCases } from "../support/elementwise-cases.ts";
import { testOp, uniform } from "../support/test-op.ts";

testOp("tanhGrad", {
  build: ({ dy, y }) => tanhGrad(dy, y),
  cases: gradientOpCases("y", (shape) => uniform(shape, 0, 1)),
  rejects: { "shapes that differ": { inputs: { dy: [2, 3], y: [3, 2] }, error: ShapeError, message: /tanhGrad/ } },
});
