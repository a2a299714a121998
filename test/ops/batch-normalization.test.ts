import { batchNormalization } from "../../src/ops/batch-normalization.ts";
import { positive, testOp } from "../support/test-op.ts";

testOp("batchNormalization", {
  build: ({ x, ...parameters }, options) => batchNormalization(x, { ...parameters, ...options }),
  cases: {
    "scale and offset": { x: [2, 3, 3, 5], mean: [5], variance: positive([5]), scale: [5], offset: [5] },
    neither: { x: [6, 5], mean: [5], variance: positive([5]) },
    "one moment a sample": {
      x: [6, 5],
      mean: [6, 1],
      variance: positive([6, 1]),
      offset: [6, 1],
      $options: { varianceEpsilon: 0.1 },
    },
  },
  tolerance: { rtol: 4e-6, of: "largest", why: "x f - mean f is a difference" },
  nonFinite: { none: "0 times infinity depends on the order of the products" },
});
