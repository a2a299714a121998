import { ShapeError } from "../../src/core/errors.ts";
import { clipByValueGrad } from "../../src/ops/clip-by-value-grad.ts";
import { gradientOpCases } from "../support/elementwise-cases.ts";
import { testOp } from "../support/test-op.ts";

testOp("clipByValueGrad", {
  build: ({ dy, x }) => clipByValueGrad(dy, x, -0.5, 1),
  cases: gradientOpCases("x"),
  gradient: ["dy"],
  rejects: {
    "shapes that differ": { inputs: { dy: [2, 3], x: [3, 2] }, error: ShapeError, message: /clipByValueGrad/ },
  },
});
