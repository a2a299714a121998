import { ShapeError } from "../../src/core/errors.ts";
import { sigmoidCrossEntropyWithLogits } from "../../src/ops/sigmoid-cross-entropy-with-logits.ts";
import { normal, testOp, uniform } from "../support/test-op.ts";

testOp("sigmoidCrossEntropyWithLogits", {
  build: ({ labels, logits }) => sigmoidCrossEntropyWithLogits(labels, logits),
  cases: {
    scalars: { labels: uniform([], 0, 1), logits: [] },
    "vector tail": { labels: uniform([3, 7], 0, 1), logits: [3, 7] },
    "large logits": { labels: uniform([100], 0, 1), logits: normal([100], 30) },
    "several tasks": { labels: uniform([20000], 0, 1), logits: [20000] },
    empty: { labels: [0, 2], logits: [0, 2] },
  },
  tolerance: { rtol: 1.3e-6, of: "largest", why: "max(x, 0) - x z is a difference" },
  golden: [
    {
      inputs: { labels: [1, 0, 0.3, 1], logits: [20, -20, 0.7, 0] },
      outputs: [[2.06115369e-9, 2.06115369e-9, 0.893186049, Math.LN2]],
      tolerance: { rtol: 1.3e-6, why: "small losses are kept" },
      from: "test/golden/cross-entropy.py",
    },
  ],
  rejects: { "two shapes": { inputs: { labels: [8, 1], logits: [8] }, error: ShapeError, message: /differ in shape/ } },
});
