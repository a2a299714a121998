import { DTypeError } from "../../src/core/errors.ts";
import { reduceAny } from "../../src/ops/reduce-any.ts";
import { booleans, testOp, values } from "../support/test-op.ts";

testOp("reduceAny", {
  build: ({ x }, options) => reduceAny(x, options),
  cases: {
    scalar: { x: booleans([]) },
    "no element": { x: booleans([0, 3]), $options: { axis: 0 } },
    "x=[3,4]": { x: booleans([3, 4]) },
    "x=[9,2] axis=1": { x: booleans([9, 2]), $options: { axis: 1 } },
    "x=[2,9] axis=0 keepDims": { x: booleans([2, 9]), $options: { axis: 0, keepDims: true } },
    "x=[3,2,5,1] axis=[0,3]": { x: booleans([3, 2, 5, 1]), $options: { axis: [0, 3] } },
    "all true": {
      x: values(
        [
          [true, true],
          [true, false],
        ],
        "bool",
      ),
      $options: { axis: 1 },
    },
  },
  gradient: { none: "bool has none" },
  rejects: { float32: { inputs: { x: [3] }, error: DTypeError } },
});
