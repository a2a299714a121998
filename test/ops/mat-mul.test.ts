import { gradients } from "../../src/autodiff/gradients.ts";
import { DTypeError, ShapeError } from "../../src/core/errors.ts";
import { shapeOfNested } from "../../src/core/ndarray.ts";
import { matmul } from "../../src/ops/mat-mul.ts";
import golden from "../golden/mat-mul.json" with { type: "json" };
import { wholeNumbers } from "../golden/hashed-numbers.ts";
import { integers, testOp } from "../support/test-op.ts";

testOp("matmul", {
  build: ({ a, b }, options) => matmul(a, b, options),
  cases: {
    "[1,1] x [1,1]": { a: [1, 1], b: [1, 1] },
    "[1,2] x [2,100], the plane of the notes": { a: [1, 2], b: [2, 100] },
    "[5,7] x [7,3]": { a: [5, 7], b: [7, 3] },
    "[6,16] x [16,16], one tile": { a: [6, 16], b: [16, 16] },
    "[13,300] x [300,33], tails everywhere": { a: [13, 300], b: [300, 33] },
    "[1,129] x [129,65], a row": { a: [1, 129], b: [129, 65] },
    "[65,129] x [129,1], a column": { a: [65, 129], b: [129, 1] },
    "[17,5]T x [17,9]": { a: [17, 5], b: [17, 9], $options: { transposeA: true } },
    "[5,17] x [9,17]T": { a: [5, 17], b: [9, 17], $options: { transposeB: true } },
    "[17,5]T x [9,17]T": { a: [17, 5], b: [9, 17], $options: { transposeA: true, transposeB: true } },
    "[3,4,5] x [3,5,6], batch": { a: [3, 4, 5], b: [3, 5, 6] },
    "[2,1,4,5] x [3,5,6], batches broadcast": { a: [2, 1, 4, 5], b: [3, 5, 6] },
    "[5,4]T x [2,3,6,5]T, one matrix for a batch": {
      a: [5, 4],
      b: [2, 3, 6, 5],
      $options: { transposeA: true, transposeB: true },
    },
    "[3,70] x [90,70]T, few rows": { a: [3, 70], b: [90, 70], $options: { transposeB: true } },
    "[2,1100] x [1100,250], few rows, the sum in parts": { a: [2, 1100], b: [1100, 250] },
    "[150,300] x [300,40], many rows, packed once": { a: [150, 300], b: [300, 40] },
    "[135,2051] x [2051,17], the sum in three stretches": { a: [135, 2051], b: [2051, 17] },
    "[33,137]T x [33,70], many rows, transposed": { a: [33, 137], b: [33, 70], $options: { transposeA: true } },
    "[1030,131]T x [18,1030]T, both transposed, two stretches": {
      a: [1030, 131],
      b: [18, 1030],
      $options: { transposeA: true, transposeB: true },
    },
    "[3,130,9] x [3,9,20], batch, packed once": { a: [3, 130, 9], b: [3, 9, 20] },
    "[0,3] x [3,4], no rows": { a: [0, 3], b: [3, 4] },
    "[3,0] x [0,4], nothing to add up": { a: [3, 0], b: [0, 4] },
    "[0,2,3] x [0,3,4], empty batch": { a: [0, 2, 3], b: [0, 3, 4] },
  },
  tolerance: { rtol: 2e-6, of: "largest", why: "sums of up to 2,051 products" },
  rejects: {
    "inner dimensions that differ": {
      inputs: { a: [2, 3], b: [4, 5] },
      error: ShapeError,
      message: /disagree on the inner dimension[^]*inner = 3[^]*inner = 4/,
    },
    "inner dimensions that differ when transposed": {
      inputs: { a: [2, 3], b: [3, 5] },
      options: { transposeA: true },
      error: ShapeError,
      message: /transposed: inner = 2/,
    },
    "a vector": { inputs: { a: [3], b: [3, 5] }, error: ShapeError, message: /a must have rank 2 or more/ },
    "batches that do not broadcast": {
      inputs: { a: [2, 4, 5], b: [3, 5, 6] },
      error: ShapeError,
      message: /batch dimensions of a and b do not broadcast/,
    },
    "whole numbers": { inputs: { a: integers([2, 3], 0, 9), b: integers([3, 2], 0, 9) }, error: DTypeError },
  },
});

testOp("matmul and its gradients, as PyTorch has them", {
  build: ({ a, b, dy }, options) => {
    const y = matmul(a, b, options);
    return [y, ...gradients(y, [a, b], { gradYs: [dy] })].filter((tensor) => tensor !== null);
  },
  cases: {},
  golden: golden.map(({ title, a, b, options, y, dA, dB }) => ({
    inputs: { a: wholeNumbers(a, 1), b: wholeNumbers(b, 2), dy: wholeNumbers(shapeOfNested(y), 3) },
    options,
    outputs: [y, dA, dB],
    tolerance: { rtol: 0, why: "whole numbers" },
    from: `test/golden/mat-mul.py: ${title}`,
  })),
});
