import { ValueError } from "../../src/core/errors.ts";
import { transpose } from "../../src/ops/transpose.ts";
import { booleans, integers, testOp } from "../support/test-op.ts";

testOp("transpose", {
  build: ({ x }, { perm }) => transpose(x, perm),
  cases: {
    scalar: { x: [] },
    "x=[3,4]": { x: [3, 4] },
    "x=[70,37]": { x: [70, 37] },
    "a block and a bit": { x: [129, 65] },
    "more than a task": { x: [200, 300] },
    "x=[2,3,4,5] reversed": { x: [2, 3, 4, 5] },
    "NHWC to NCHW": { x: [2, 5, 6, 3], $options: { perm: [0, 3, 1, 2] } },
    "rows that stay whole": { x: [3, 4, 20], $options: { perm: [1, 0, 2] } },
    "axes of 1 only": { x: [3, 1, 4], $options: { perm: [1, 0, 2] } },
    "x=[3,4,5,2] perm=[2,0,3,1]": { x: [3, 4, 5, 2], $options: { perm: [2, 0, 3, 1] } },
    nothing: { x: [0, 3] },
  },
  rejects: {
    "an axis twice": { inputs: { x: [2, 3] }, options: { perm: [0, 0] }, error: ValueError, message: /not an order/ },
    "too few axes": { inputs: { x: [2, 3] }, options: { perm: [0] }, error: ValueError },
  },
});

testOp("transpose of other dtypes", {
  build: ({ x }) => transpose(x),
  cases: { bool: { x: booleans([5, 9]) }, int32: { x: integers([20, 33], -9, 9) } },
  gradient: { none: "integers have none" },
});
