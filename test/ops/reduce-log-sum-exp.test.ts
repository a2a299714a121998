import { reduceLogSumExp } from "../../src/ops/reduce-log-sum-exp.ts";
import { normal, testOp, values } from "../support/test-op.ts";

testOp("reduceLogSumExp", {
  build: ({ x }, options) => reduceLogSumExp(x, options),
  cases: {
    scalar: { x: [] },
    "x=[3,7]": { x: [3, 7] },
    "x=[5,37] axis=0 keepDims": { x: [5, 37], $options: { axis: 0, keepDims: true } },
    "x=[5,37] axis=-1": { x: [5, 37], $options: { axis: -1 } },
    "x=[2,3,4,5] axis=[1,3]": { x: [2, 3, 4, 5], $options: { axis: [1, 3] } },
    "beyond the range of exp": { x: normal([4, 9], 300), $options: { axis: 1 } },
  },
  golden: [
    {
      inputs: {
        x: values([
          [1, 2, 3],
          [1000, 1000, -1000],
        ]),
      },
      options: { axis: 1 },
      outputs: [[3.4076058864593506, 1000.693176]],
      from: "test/golden/reductions.py",
    },
  ],
  tolerance: { rtol: 1.3e-6, atol: 1e-6, why: "near zero it is the difference of two larger numbers" },
});

testOp("reduceLogSumExp of nothing", {
  build: ({ x }, options) => reduceLogSumExp(x, options),
  cases: {
    "x=[0,3] axis=0": { x: [0, 3], $options: { axis: 0 } },
    "x=[3,0,2] axis=[1,2]": { x: [3, 0, 2], $options: { axis: [1, 2] } },
    "no result either": { x: [0, 3], $options: { axis: 1 } },
  },
  gradient: { none: "there are no elements to move" },
});
