import { ShapeError } from "../../src/core/errors.ts";
import { unstack } from "../../src/ops/unstack.ts";
import { testOp } from "../support/test-op.ts";

testOp("unstack", {
  build: ({ x }, options) => unstack(x, options),
  cases: {
    "x=[3]": { x: [3] },
    "x=[2,3,4]": { x: [2, 3, 4] },
    "axis=-1": { x: [2, 3, 4], $options: { axis: -1 } },
    "one slice": { x: [1, 3] },
  },
  rejects: {
    scalar: { inputs: { x: [] }, error: ShapeError },
    "an axis beyond": { inputs: { x: [2] }, options: { axis: 1 }, error: ShapeError },
  },
});
