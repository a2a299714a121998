import { ShapeError } from "../../src/core/errors.ts";
import { reverse } from "../../src/ops/reverse.ts";
import { booleans, testOp } from "../support/test-op.ts";

testOp("reverse", {
  build: ({ x }, { axis }) => reverse(x, axis),
  cases: {
    "x=[7]": { x: [7], $options: { axis: 0 } },
    rows: { x: [4, 5], $options: { axis: 0 } },
    columns: { x: [4, 5], $options: { axis: -1 } },
    both: { x: [4, 5, 3], $options: { axis: [0, 2] } },
    "an axis of 1": { x: [1, 4], $options: { axis: 0 } },
    "no axis": { x: [3], $options: { axis: [] } },
  },
  rejects: { "an axis beyond": { inputs: { x: [3] }, options: { axis: 1 }, error: ShapeError } },
});

testOp("reverse of bool", {
  build: ({ x }) => reverse(x, 1),
  cases: { "x=[3,5]": { x: booleans([3, 5]) } },
  gradient: { none: "bool has none" },
});
