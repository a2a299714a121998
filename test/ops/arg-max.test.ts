import { DTypeError, ShapeError } from "../../src/core/errors.ts";
import { argMax } from "../../src/ops/arg-max.ts";
import { booleans, integers, testOp } from "../support/test-op.ts";

testOp("argMax", {
  build: ({ x }, options) => argMax(x, options),
  cases: {
    "one element": { x: [1] },
    "x=[6]": { x: [6] },
    "x=[4,9] axis=0 by default": { x: [4, 9] },
    "x=[4,9] axis=-1": { x: [4, 9], $options: { axis: -1 } },
    "x=[3,4,5] axis=1": { x: [3, 4, 5], $options: { axis: 1 } },
    "axis of 1": { x: [3, 1, 5], $options: { axis: 1 } },
    "no result": { x: [0, 3], $options: { axis: 1 } },
    "more columns than a unit": { x: [3, 600], $options: { axis: 0 } },
    "ties: the first": { x: integers([5, 40], 0, 4), $options: { axis: 1 } },
    "int32 columns with ties": { x: integers([40, 5], 0, 4), $options: { axis: 0 } },
    uint8: { x: integers([5, 40], 0, 256, "uint8"), $options: { axis: 1 } },
    "uint8 columns": { x: integers([40, 5], 0, 256, "uint8"), $options: { axis: 0 } },
  },
  gradient: { none: "indices have none" },
  rejects: {
    scalar: { inputs: { x: [] }, error: ShapeError, message: /a scalar has no axes/ },
    "an axis of nothing": { inputs: { x: [0, 2] }, error: ShapeError, message: /no elements to choose from/ },
    bool: { inputs: { x: booleans([3]) }, error: DTypeError },
  },
});
