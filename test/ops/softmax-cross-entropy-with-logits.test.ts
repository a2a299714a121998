import { ShapeError } from "../../src/core/errors.ts";
import { softmaxCrossEntropyWithLogits } from "../../src/ops/softmax-cross-entropy-with-logits.ts";
import { normal, testOp, uniform, values } from "../support/test-op.ts";

testOp("softmaxCrossEntropyWithLogits", {
  // Both outputs: the loss and its gradient by the logits, so that second derivatives are checked as well.
  build: ({ labels, logits }) => softmaxCrossEntropyWithLogits(labels, logits).op.outputs,
  cases: {
    "one class": { labels: uniform([2, 1], 0, 1), logits: [2, 1] },
    "a vector": { labels: uniform([5], 0, 1), logits: [5] },
    "vector tail": { labels: uniform([3, 17], 0, 1), logits: [3, 17] },
    "rank 3": { labels: uniform([2, 3, 10], 0, 0.2), logits: [2, 3, 10] },
    "rows in several tasks": { labels: uniform([900, 10], 0, 0.2), logits: [900, 10] },
    "a thousand classes, large logits": { labels: uniform([3, 1000], 0, 2e-3), logits: normal([3, 1000], 10) },
    "no rows": { labels: [0, 3], logits: [0, 3] },
  },
  tolerance: { rtol: 4e-6, of: "largest", why: "sums over up to 1,000 classes" },
  golden: [
    {
      inputs: {
        labels: [
          [0, 1, 0],
          [0.2, 0.3, 0.5],
        ],
        logits: [
          [2, 1, 3],
          [0.5, -1, 0],
        ],
      },
      outputs: [
        [2.40760596, 1.30413061],
        [
          [0.244728471, -0.909969427, 0.665240956],
          [0.346549387, -0.178048348, -0.16850104],
        ],
      ],
      from: "test/golden/cross-entropy.py",
    },
    {
      // A class that is not wanted adds nothing, even at -infinity.
      inputs: { labels: [1, 0], logits: values([0, Number.NEGATIVE_INFINITY]) },
      outputs: [0, [0, 0]],
      from: "by hand",
    },
  ],
  rejects: {
    scalars: { inputs: { labels: [], logits: [] }, error: ShapeError },
    "other classes": { inputs: { labels: [8, 10], logits: [8, 12] }, error: ShapeError, message: /differ in shape/ },
    "labels that broadcast": { inputs: { labels: [1, 10], logits: [8, 10] }, error: ShapeError },
  },
});
