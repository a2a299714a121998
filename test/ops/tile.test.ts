import { ValueError } from "../../src/core/errors.ts";
import { tile } from "../../src/ops/tile.ts";
import { integers, testOp } from "../support/test-op.ts";

testOp("tile", {
  build: ({ x }, { multiples }) => tile(x, multiples),
  cases: {
    once: { x: [2, 3], $options: { multiples: [1, 1] } },
    "x=[2,3] multiples=[2,3]": { x: [2, 3], $options: { multiples: [2, 3] } },
    "x=[2,1,20] multiples=[1,4,2]": { x: [2, 1, 20], $options: { multiples: [1, 4, 2] } },
    "not at all": { x: [2, 3], $options: { multiples: [0, 1] } },
  },
  tolerance: { rtol: 1.3e-6, atol: 1e-6, why: "the gradient adds up terms that cancel" },
  rejects: { "too few axes": { inputs: { x: [2, 3] }, options: { multiples: [2] }, error: ValueError } },
});

testOp("tile of integers", {
  build: ({ x }) => tile(x, [3, 2]),
  cases: { uint8: { x: integers([2, 3], 0, 256, "uint8") }, int32: { x: integers([2, 3], -9, 9) } },
  gradient: { none: "integers have none" },
});
