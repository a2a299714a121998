import { ShapeError } from "../../src/core/errors.ts";
import { biasAdd } from "../../src/ops/bias-add.ts";
import { normal, testOp } from "../support/test-op.ts";

testOp("biasAdd", {
  build: ({ x, bias }) => biasAdd(x, bias),
  cases: {
    "one channel": { x: [3, 1], bias: [1] },
    "no batch": { x: [5], bias: [5] },
    "vector tail x=[2,3,17]": { x: [2, 3, 17], bias: [17] },
    "several tasks x=[1200,40]": { x: [1200, 40], bias: [40] },
    "wide rows x=[3,600]": { x: [3, 600], bias: [600] },
    "no rows": { x: [0, 4], bias: [4] },
    "no channels": { x: [4, 0], bias: [0] },
  },
  // Gradients of the bias are sums of up to 1,200 terms.
  tolerance: { rtol: 3e-6, of: "largest", why: "sums of rows in the gradient" },
  golden: [
    {
      inputs: {
        x: [
          [1, 2],
          [3, 4],
        ],
        bias: [10, 20],
      },
      outputs: [
        [
          [11, 22],
          [13, 24],
        ],
      ],
      from: "by hand",
    },
  ],
  rejects: {
    "a scalar": { inputs: { x: [], bias: [1] }, error: ShapeError, message: /x must have rank 1 or more/ },
    "a matrix as bias": { inputs: { x: [2, 3], bias: [1, 3] }, error: ShapeError, message: /bias must have rank 1/ },
    "another number of channels": {
      inputs: { x: [8, 10], bias: normal([12]) },
      error: ShapeError,
      message: /biasAdd "BiasAdd": x and bias disagree on channels[^]*fix: the bias must have 10 elements/,
    },
  },
});
