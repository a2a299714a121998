import { DTypeError, ShapeError } from "../../src/core/errors.ts";
import { sparseSoftmaxCrossEntropyWithLogits } from "../../src/ops/sparse-softmax-cross-entropy-with-logits.ts";
import { integers, normal, testOp, values } from "../support/test-op.ts";

testOp("sparseSoftmaxCrossEntropyWithLogits", {
  // Both outputs: the loss and its gradient by the logits, so that second derivatives are checked as well.
  build: ({ labels, logits }) => sparseSoftmaxCrossEntropyWithLogits(labels, logits).op.outputs,
  cases: {
    "one class": { labels: integers([2], 0, 1), logits: [2, 1] },
    "a vector": { labels: integers([], 0, 5), logits: [5] },
    "vector tail": { labels: integers([3], 0, 17), logits: [3, 17] },
    "rank 3": { labels: integers([2, 3], 0, 10), logits: [2, 3, 10] },
    "rows in several tasks": { labels: integers([900], 0, 10), logits: [900, 10] },
    "a thousand classes, large logits": { labels: integers([3], 0, 1000), logits: normal([3, 1000], 10) },
    "no rows": { labels: integers([0], 0, 3), logits: [0, 3] },
  },
  tolerance: { rtol: 4e-6, of: "largest", why: "sums over up to 1,000 classes" },
  golden: [
    {
      inputs: {
        labels: values([1, 2], "int32"),
        logits: [
          [2, 1, 3],
          [0.5, -1, 0],
        ],
      },
      outputs: [
        [2.40760596, 1.10413061],
        [
          [0.244728471, -0.909969427, 0.665240956],
          [0.546549387, 0.121951652, -0.66850104],
        ],
      ],
      from: "test/golden/cross-entropy.py",
    },
    {
      // No such classes.
      inputs: {
        labels: values([-1, 2, 0], "int32"),
        logits: [
          [0, 0],
          [0, 0],
          [0, 0],
        ],
      },
      outputs: [
        [Number.NaN, Number.NaN, Math.LN2],
        [
          [Number.NaN, Number.NaN],
          [Number.NaN, Number.NaN],
          [-0.5, 0.5],
        ],
      ],
      from: "by hand",
    },
  ],
  rejects: {
    "a scalar as logits": { inputs: { labels: integers([], 0, 1), logits: [] }, error: ShapeError },
    "labels that are distributions": {
      inputs: { labels: integers([8, 10], 0, 2), logits: [8, 10] },
      error: ShapeError,
      message: /fix: make labels \[8\]/,
    },
    "float labels": { inputs: { labels: [8], logits: [8, 10] }, error: DTypeError, message: /must be int32/ },
  },
});
