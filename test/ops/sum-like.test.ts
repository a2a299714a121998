import { ShapeError } from "../../src/core/errors.ts";
import { sumLike } from "../../src/ops/sum-like.ts";
import { integers, testOp } from "../support/test-op.ts";

testOp("sumLike", {
  build: ({ x, like }) => sumLike(x, like),
  cases: {
    "the same": { x: [2, 3], like: [2, 3] },
    "to a scalar": { x: [4, 5], like: [] },
    "to a row": { x: [4, 2, 5], like: [5] },
    "to a column": { x: [4, 5], like: [4, 1] },
    "axes of 1 between": { x: [3, 4, 5], like: [3, 1, 5] },
    "no element": { x: [0, 5], like: [5] },
    "columns cut into parts": { x: [3000, 33], like: [33] },
    int32: { x: integers([6, 9], -9, 9), like: integers([9], 0, 1) },
  },
  gradient: { none: "see below: like has none, its values are not read" },
  nonFinite: { none: "like's values are not read; reduceSum shows it for x" },
  tolerance: { rtol: 1.3e-6, atol: 1e-5, why: "terms that cancel" },
  rejects: { "another shape": { inputs: { x: [2, 3], like: [4] }, error: ShapeError } },
});

testOp("the gradient of sumLike", {
  build: ({ x, like }) => sumLike(x, like),
  cases: { "to a column": { x: [4, 5], like: [4, 1] }, "to a scalar": { x: [4, 5], like: [] } },
  gradient: ["x"],
});
