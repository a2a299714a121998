import { ShapeError } from "../../src/core/errors.ts";
import { squeeze } from "../../src/ops/squeeze.ts";
import { testOp } from "../support/test-op.ts";

testOp("squeeze", {
  build: ({ x }, options) => squeeze(x, options),
  cases: {
    "all of 1": { x: [1, 2, 1, 3, 1] },
    "to a scalar": { x: [1, 1] },
    "axis=[0,-1]": { x: [1, 2, 1, 3, 1], $options: { axis: [0, -1] } },
    nothing: { x: [0, 1], $options: { axis: 1 } },
  },
  rejects: {
    "an axis of 2": { inputs: { x: [1, 2] }, options: { axis: 1 }, error: ShapeError, message: /is 2, not 1/ },
  },
});
