import { ShapeError } from "../../src/core/errors.ts";
import { biasAddGrad } from "../../src/ops/bias-add-grad.ts";
import { testOp } from "../support/test-op.ts";

testOp("biasAddGrad", {
  build: ({ dy }) => biasAddGrad(dy),
  cases: {
    "a single row": { dy: [1, 7] },
    "no batch": { dy: [9] },
    "one chunk of rows, blocks of 8 and single columns": { dy: [50, 45] },
    "several chunks": { dy: [4, 9, 10, 45] },
    "several blocks of columns": { dy: [130, 300] },
    "one channel, 1500 rows": { dy: [1500, 1] },
    "no rows": { dy: [0, 4] },
    "no channels": { dy: [3, 0] },
  },
  tolerance: { rtol: 1e-6, of: "largest", why: "float32 sums of at most 64 rows, then float64" },
  golden: [
    {
      inputs: {
        dy: [
          [
            [1, 2],
            [3, 4],
          ],
          [
            [5, 6],
            [7, 8],
          ],
        ],
      },
      outputs: [[16, 20]],
      from: "by hand",
    },
  ],
  rejects: { "a scalar": { inputs: { dy: [] }, error: ShapeError } },
});
