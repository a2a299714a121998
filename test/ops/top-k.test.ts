import { ShapeError, ValueError } from "../../src/core/errors.ts";
import { topK } from "../../src/ops/top-k.ts";
import { distinct, integers, testOp, values } from "../support/test-op.ts";

testOp("topK", {
  build: ({ x }, { k }) => {
    const { values: largest, indices } = topK(x, k);
    return [largest, indices];
  },
  cases: {
    "k=0": { x: distinct([2, 5]), $options: { k: 0 } },
    "one element": { x: [1], $options: { k: 1 } },
    "x=[7] k=3": { x: distinct([7]), $options: { k: 3 } },
    "x=[2,3,40] k=5": { x: distinct([2, 3, 40]), $options: { k: 5 } },
    "all of them": { x: distinct([3, 33]), $options: { k: 33 } },
    "no rows": { x: [0, 4], $options: { k: 2 } },
    "ties: the lower index first": { x: integers([6, 30], 0, 5), $options: { k: 12 } },
    uint8: { x: integers([4, 30], 0, 256, "uint8"), $options: { k: 4 } },
  },
  golden: [
    {
      inputs: { x: values([[1, 5, 2, 4, 3]]) },
      options: { k: 3 },
      outputs: [[[5, 4, 3]], [[1, 3, 4]]],
      from: "test/golden/reductions.py",
    },
  ],
  gradient: { none: "integer cases have no float32 input; see below" },
  rejects: {
    scalar: { inputs: { x: [] }, options: { k: 1 }, error: ShapeError },
    "k beyond the axis": { inputs: { x: [2, 3] }, options: { k: 4 }, error: ShapeError, message: /make k 3 or less/ },
    "k of -1": { inputs: { x: [2, 3] }, options: { k: -1 }, error: ValueError },
  },
});

testOp("the gradient of topK", {
  build: ({ x }, { k }) => topK(x, k).values,
  cases: {
    "x=[2,3,10] k=4": { x: distinct([2, 3, 10]), $options: { k: 4 } },
    "all of them": { x: distinct([2, 5]), $options: { k: 5 } },
  },
});
