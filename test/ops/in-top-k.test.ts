import { DTypeError, ShapeError } from "../../src/core/errors.ts";
import { inTopK } from "../../src/ops/in-top-k.ts";
import { integers, testOp, values } from "../support/test-op.ts";

testOp("inTopK", {
  build: ({ predictions, targets }, { k }) => inTopK(predictions, targets, k),
  cases: {
    "no rows": { predictions: [0, 4], targets: integers([0], 0, 4), $options: { k: 2 } },
    "predictions=[9,10] k=1": { predictions: [9, 10], targets: integers([9], 0, 10), $options: { k: 1 } },
    "predictions=[9,10] k=5": { predictions: [9, 10], targets: integers([9], 0, 10), $options: { k: 5 } },
    "no class": { predictions: [4, 3], targets: values([-1, 3, 2, 0], "int32"), $options: { k: 3 } },
    "k=0": { predictions: [4, 3], targets: integers([4], 0, 3), $options: { k: 0 } },
  },
  golden: [
    {
      inputs: {
        predictions: values([
          [0.1, 0.5, 0.5],
          [0.1, 0.5, 0.6],
        ]),
        targets: values([2, 0], "int32"),
      },
      options: { k: 1 },
      // Both of the first row's ties are in.
      outputs: [[1, 0]],
      from: "TensorFlow's documentation of tf.math.in_top_k",
    },
  ],
  gradient: { none: "bool has none" },
  rejects: {
    "another batch": {
      inputs: { predictions: [2, 3], targets: integers([3], 0, 2) },
      options: { k: 1 },
      error: ShapeError,
      message: /batch/,
    },
    "targets of float32": { inputs: { predictions: [2, 3], targets: [2] }, options: { k: 1 }, error: DTypeError },
  },
});
