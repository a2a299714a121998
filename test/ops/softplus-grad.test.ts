import { ShapeError } from "../../src/core/errors.ts";
import { softplusGrad } from "../../src/ops/softplus-grad.ts";
import { gradientOpCases } from "../support/elementwise-cases.ts";
import { testOp } from "../support/test-op.ts";

testOp("softplusGrad", {
  build: ({ dy, x }) => softplusGrad(dy, x),
  cases: gradientOpCases("x"),
  rejects: { "shapes that differ": { inputs: { dy: [2, 3], x: [3, 2] }, error: ShapeError, message: /softplusGrad/ } },
});
