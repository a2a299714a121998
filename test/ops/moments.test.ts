import { moments } from "../../src/ops/moments.ts";
import { testOp, values } from "../support/test-op.ts";

testOp("moments", {
  build: ({ x }, options) => {
    const { mean, variance } = moments(x, options);
    return [mean, variance];
  },
  cases: {
    "x=[4,5]": { x: [4, 5] },
    "x=[4,5] axis=0": { x: [4, 5], $options: { axis: 0 } },
    "x=[2,6,6,8] axis=[0,1,2] keepDims": { x: [2, 6, 6, 8], $options: { axis: [0, 1, 2], keepDims: true } },
    "one element": { x: [1, 3], $options: { axis: 0 } },
  },
  golden: [
    {
      inputs: {
        x: values([
          [1, 2, 3, 4],
          [2, 4, 8, 16],
        ]),
      },
      options: { axis: 1 },
      outputs: [
        [2.5, 7.5],
        [1.25, 28.75],
      ],
      from: "test/golden/reductions.py",
    },
  ],
  tolerance: { rtol: 2e-6, atol: 1e-6, why: "terms that cancel" },
});
