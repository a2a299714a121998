import { DTypeError } from "../../src/core/errors.ts";
import { l2Loss } from "../../src/ops/l2-loss.ts";
import { integers, testOp } from "../support/test-op.ts";

testOp("l2Loss", {
  build: ({ x }) => l2Loss(x),
  cases: {
    "a scalar": { x: [] },
    "vector tail": { x: [3, 13] },
    "several tasks": { x: [5, 100, 100] },
    "no elements": { x: [0, 3] },
  },
  golden: [
    {
      inputs: {
        x: [
          [1, 2],
          [3, 4],
        ],
      },
      outputs: [15],
      from: "by hand",
    },
  ],
  rejects: { integers: { inputs: { x: integers([3], 0, 4) }, error: DTypeError } },
});
