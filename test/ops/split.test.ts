import { ShapeError, ValueError } from "../../src/core/errors.ts";
import { split } from "../../src/ops/split.ts";
import { integers, testOp } from "../support/test-op.ts";

testOp("split", {
  build: ({ x }, { parts, ...options }) => split(x, parts, options),
  cases: {
    "one piece": { x: [4, 3], $options: { parts: 1 } },
    "two pieces": { x: [4, 3], $options: { parts: 2 } },
    "sizes along the last axis": { x: [3, 9], $options: { parts: [2, 0, 7], axis: -1 } },
    "the rest": { x: [2, 9, 3], $options: { parts: [2, -1, 1], axis: 1 } },
    nothing: { x: [0, 4], $options: { parts: 2, axis: 1 } },
  },
  rejects: {
    "pieces that are not equal": {
      inputs: { x: [5] },
      options: { parts: 2 },
      error: ShapeError,
      message: /does not split into 2/,
    },
    "sizes that do not add up": {
      inputs: { x: [5] },
      options: { parts: [2, 2] },
      error: ShapeError,
      message: /do not add up/,
    },
    "no pieces": { inputs: { x: [5] }, options: { parts: 0 }, error: ValueError },
  },
});

testOp("split of uint8", {
  build: ({ x }) => split(x, 3, { axis: 1 }),
  cases: { "x=[4,6]": { x: integers([4, 6], 0, 256, "uint8") } },
  gradient: { none: "integers have none" },
});
