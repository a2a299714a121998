import { ShapeError, ValueError } from "../../src/core/errors.ts";
import { reshape } from "../../src/ops/reshape.ts";
import { booleans, testOp } from "../support/test-op.ts";

testOp("reshape", {
  build: ({ x }, { shape }) => reshape(x, shape),
  cases: {
    "x=[2,3,4] to [6,4]": { x: [2, 3, 4], $options: { shape: [6, 4] } },
    "x=[2,3,4] to [-1,2]": { x: [2, 3, 4], $options: { shape: [-1, 2] } },
    "one element to a scalar": { x: [1, 1], $options: { shape: [] } },
    "nothing to nothing": { x: [0, 3], $options: { shape: [-1, 5] } },
  },
  rejects: {
    "another size": {
      inputs: { x: [2, 3] },
      options: { shape: [2, 4] },
      error: ShapeError,
      message: /6 elements.*write \[2, -1\]: -1 takes what is left over, 3\./s,
    },
    "another size, whatever is left open": {
      inputs: { x: [5] },
      options: { shape: [2, 3] },
      error: ShapeError,
      message: /use dimensions whose product is 5/,
    },
    "a rest that does not divide": { inputs: { x: [2, 3] }, options: { shape: [-1, 4] }, error: ShapeError },
    "two rests": { inputs: { x: [2, 3] }, options: { shape: [-1, -1] }, error: ValueError },
    "a rest of nothing": { inputs: { x: [0, 3] }, options: { shape: [-1, 0] }, error: ShapeError },
  },
});

testOp("reshape of bool", {
  build: ({ x }) => reshape(x, [6]),
  cases: { "x=[2,3]": { x: booleans([2, 3]) } },
  gradient: { none: "bool has none" },
});
