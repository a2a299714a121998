import { ShapeError } from "../../src/core/errors.ts";
import { logSoftmax } from "../../src/ops/log-softmax.ts";
import { normal, testOp } from "../support/test-op.ts";

testOp("logSoftmax", {
  build: ({ logits }, options) => logSoftmax(logits, options),
  cases: {
    "one class": { logits: [1, 1] },
    "a vector": { logits: [10] },
    "vector tail": { logits: [3, 17] },
    "longer than a task": { logits: [2, 4097] },
    "rows in several tasks": { logits: [900, 10] },
    "large logits": { logits: normal([4, 9], 100) },
    "x=[2,3,4] axis=0": { logits: [2, 3, 4], $options: { axis: 0 } },
    "no rows": { logits: [0, 3] },
  },
  tolerance: { rtol: 2e-6, of: "largest", why: "sums of up to 4,097 exponentials" },
  golden: [
    {
      inputs: { logits: [2, 1, 3] },
      outputs: [[-1.40760596, -2.40760596, -0.407605964]],
      from: "test/golden/softmax.py",
    },
    { inputs: { logits: [1000, 0] }, outputs: [[0, -1000]], from: "by hand: exp(-1000) is no float32" },
  ],
  rejects: { "a scalar": { inputs: { logits: [] }, error: ShapeError } },
});
