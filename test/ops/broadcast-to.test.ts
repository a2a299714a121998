import { ShapeError, ValueError } from "../../src/core/errors.ts";
import { broadcastTo } from "../../src/ops/broadcast-to.ts";
import { testOp } from "../support/test-op.ts";

testOp("broadcastTo", {
  build: ({ x }, { shape }) => broadcastTo(x, shape),
  cases: {
    "the same": { x: [2, 3], $options: { shape: [2, 3] } },
    "from a scalar": { x: [], $options: { shape: [3, 7] } },
    "new axes in front": { x: [5], $options: { shape: [4, 2, 5] } },
    "axes of 1": { x: [3, 1, 5, 1], $options: { shape: [3, 4, 5, 6] } },
    "to nothing": { x: [1, 3], $options: { shape: [0, 3] } },
  },
  tolerance: { rtol: 1.3e-6, atol: 1e-5, why: "the gradient adds up terms that cancel" },
  rejects: {
    "a shape that stretches x's place": {
      inputs: { x: [2] },
      options: { shape: [3] },
      error: ShapeError,
      message: /does not stretch/,
    },
    "fewer axes": { inputs: { x: [2, 3] }, options: { shape: [3] }, error: ShapeError },
    "no shape": { inputs: { x: [2] }, options: { shape: [-1, 2] }, error: ValueError },
  },
});
