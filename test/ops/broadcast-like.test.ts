import { ShapeError } from "../../src/core/errors.ts";
import { broadcastLike } from "../../src/ops/broadcast-like.ts";
import { booleans, testOp } from "../support/test-op.ts";

testOp("broadcastLike", {
  build: ({ x, like }) => broadcastLike(x, like),
  cases: {
    "the same": { x: [2, 3], like: [2, 3] },
    "from a scalar": { x: [], like: [3, 70] },
    "from a row": { x: [5], like: [4, 2, 5] },
    "from a column": { x: [4, 1], like: [4, 50] },
    "from the middle": { x: [1, 4, 1], like: [3, 4, 5] },
    "to nothing": { x: [1], like: [0] },
  },
  gradient: ["x"],
  tolerance: { rtol: 1.3e-6, atol: 1e-5, why: "the gradient adds up terms that cancel" },
  rejects: { "another shape": { inputs: { x: [2, 3], like: [3] }, error: ShapeError } },
});

testOp("broadcastLike of bool", {
  build: ({ x, like }) => broadcastLike(x, like),
  cases: { column: { x: booleans([4, 1]), like: booleans([4, 9]) }, row: { x: booleans([9]), like: booleans([4, 9]) } },
  gradient: { none: "bool has none" },
});
