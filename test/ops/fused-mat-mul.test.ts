import { apply } from "../../src/ops/shared/define-op.ts";
import { FusedMatMul } from "../../src/ops/fused-mat-mul.ts";
import { testOp, values } from "../support/test-op.ts";

const attrs = { transposeA: false, transposeB: false, activation: "none" };

testOp("FusedMatMul", {
  build: ({ a, b, bias }, options) => apply(FusedMatMul, { a, b, bias }, { ...attrs, ...options }),
  cases: {
    bias: { a: [5, 7], b: [7, 17], bias: [17] },
    relu: { a: [13, 33], b: [33, 8], $options: { activation: "relu" } },
    "bias and relu": { a: [32, 300], b: [300, 33], bias: [33], $options: { activation: "relu" } },
    "bias and relu, one row": { a: [1, 129], b: [129, 65], bias: [65], $options: { activation: "relu" } },
    "bias and relu, few rows, the sum in parts": {
      a: [2, 1100],
      b: [1100, 250],
      bias: [250],
      $options: { activation: "relu" },
    },
    "bias, many rows": { a: [150, 300], b: [300, 40], bias: [40] },
    "bias, both transposed": { a: [17, 5], b: [9, 17], bias: [9], $options: { transposeA: true, transposeB: true } },
    "bias, batch": { a: [2, 3, 4], b: [4, 5], bias: [5] },
    "nothing to add up: the bias alone": { a: [3, 0], b: [0, 4], bias: [4] },
  },
  gradient: { none: "the compiler makes it after gradients were taken" },
  tolerance: { rtol: 2e-6, of: "largest", why: "sums of up to 1,100 products" },
  golden: [
    {
      inputs: {
        a: values([[1, 2]]),
        b: values([
          [1, -1],
          [2, 0],
        ]),
        bias: values([0.5, 0.25]),
      },
      options: { activation: "relu" },
      outputs: [[[5.5, 0]]],
      from: "arithmetic by hand",
    },
  ],
});
