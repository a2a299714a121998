import { l2Normalize } from "../../src/ops/l2-normalize.ts";
import { normal, testOp } from "../support/test-op.ts";

testOp("l2Normalize", {
  build: ({ x }, options) => l2Normalize(x, options),
  cases: {
    "all axes": { x: [3, 4] },
    rows: { x: [5, 17], $options: { axis: 1 } },
    "two axes": { x: [2, 3, 4], $options: { axis: [0, -1] } },
    "shorter than epsilon": { x: normal([2, 3], 1e-3), $options: { axis: 1, epsilon: 1 } },
  },
  tolerance: { rtol: 3e-6, of: "largest", why: "sums of squares; gradients are differences" },
  golden: [
    { inputs: { x: [3, 4] }, outputs: [[0.6, 0.8]], from: "by hand" },
    { inputs: { x: [0, 0] }, outputs: [[0, 0]], from: "by hand: epsilon keeps it from 0 / 0" },
  ],
});
