import { ShapeError } from "../../src/core/errors.ts";
import { eluGrad } from "../../src/ops/elu-grad.ts";
import { gradientOpCases } from "../support/elementwise-cases.ts";
import { normal, testOp } from "../support/test-op.ts";

testOp("eluGrad", {
  build: ({ dy, y }) => eluGrad(dy, y),
  cases: gradientOpCases("y", (shape) => normal(shape, 0.5)),
  rejects: { "shapes that differ": { inputs: { dy: [2, 3], y: [3, 2] }, error: ShapeError, message: /eluGrad/ } },
});
