import { ShapeError, ValueError } from "../../src/core/errors.ts";
import { slice } from "../../src/ops/slice.ts";
import { booleans, testOp } from "../support/test-op.ts";

testOp("slice", {
  build: ({ x }, { begin, size }) => slice(x, begin, size),
  cases: {
    scalar: { x: [], $options: { begin: [], size: [] } },
    everything: { x: [3, 4], $options: { begin: [0, 0], size: [-1, 4] } },
    "x=[5,6] begin=[1,2] size=[3,2]": { x: [5, 6], $options: { begin: [1, 2], size: [3, 2] } },
    "to the end": { x: [5, 6, 3], $options: { begin: [2, 0, 1], size: [-1, 2, -1] } },
    nothing: { x: [5], $options: { begin: [5], size: [-1] } },
  },
  rejects: {
    "beyond the end": {
      inputs: { x: [5] },
      options: { begin: [3], size: [3] },
      error: ShapeError,
      message: /the box ends at 6/,
    },
    "before the beginning": { inputs: { x: [5] }, options: { begin: [-1], size: [3] }, error: ValueError },
    "too few axes": { inputs: { x: [5, 2] }, options: { begin: [0], size: [3] }, error: ValueError },
  },
});

testOp("slice of bool", {
  build: ({ x }) => slice(x, [1, 1], [2, 3]),
  cases: { "x=[4,5]": { x: booleans([4, 5]) } },
  gradient: { none: "bool has none" },
});
