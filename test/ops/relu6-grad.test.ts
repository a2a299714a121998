import { ShapeError } from "../../src/core/errors.ts";
import { relu6Grad } from "../../src/ops/relu6-grad.ts";
import { gradientOpCases } from "../support/elementwise-cases.ts";
import { normal, testOp } from "../support/test-op.ts";

testOp("relu6Grad", {
  build: ({ dy, y }) => relu6Grad(dy, y),
  cases: gradientOpCases("y", (shape) => normal(shape, 4)),
  gradient: ["dy"],
  rejects: { "shapes that differ": { inputs: { dy: [2, 3], y: [3, 2] }, error: ShapeError, message: /relu6Grad/ } },
});
