import { gradients } from "../../src/autodiff/gradients.ts";
import { DTypeError } from "../../src/core/errors.ts";
import { reduceMax } from "../../src/ops/reduce-max.ts";
import { booleans, distinct, integers, testOp, values } from "../support/test-op.ts";

testOp("reduceMax", {
  build: ({ x }, options) => reduceMax(x, options),
  cases: {
    scalar: { x: [] },
    "x=[3,7]": { x: distinct([3, 7]) },
    "x=[5,37] axis=0 keepDims": { x: distinct([5, 37]), $options: { axis: 0, keepDims: true } },
    "x=[5,37] axis=-1": { x: distinct([5, 37]), $options: { axis: -1 } },
    "x=[2,3,4,5] axis=[1,3]": { x: distinct([2, 3, 4, 5]), $options: { axis: [1, 3] } },
    "a row cut into parts": { x: distinct([70_001]) },
  },
  rejects: { bool: { inputs: { x: booleans([3]) }, error: DTypeError } },
});

testOp("reduceMax of integers", {
  build: ({ x }, options) => reduceMax(x, options),
  cases: {
    int32: { x: integers([3, 40], -1000, 1000), $options: { axis: 1 } },
    "int32 columns": { x: integers([40, 3], -1000, 1000), $options: { axis: 0 } },
    "int32 none": { x: integers([0, 2], 0, 1), $options: { axis: 0 } },
    uint8: { x: integers([3, 40], 0, 256, "uint8"), $options: { axis: 1 } },
    "uint8 none": { x: integers([2, 0], 0, 1, "uint8"), $options: { axis: 1 } },
    "uint8 columns": { x: integers([40, 3], 0, 256, "uint8"), $options: { axis: 0 } },
  },
  gradient: { none: "integers have none" },
});

testOp("the gradient of reduceMax splits evenly among ties", {
  build: ({ x, dy }) => gradients(reduceMax(x, { axis: 1 }), [x], { gradYs: [dy] })[0]!,
  cases: {},
  golden: [
    {
      inputs: {
        x: values([
          [1, 3, 3, 1],
          [2, 2, 2, 2],
        ]),
        dy: values([6, 8]),
      },
      outputs: [
        [
          [0, 3, 3, 0],
          [2, 2, 2, 2],
        ],
      ],
      from: "the definition",
    },
  ],
});

testOp("reduceMax of nothing", {
  build: ({ x }, options) => reduceMax(x, options),
  cases: {
    "x=[0,3] axis=0": { x: [0, 3], $options: { axis: 0 } },
    "x=[3,0,2] axis=[1,2]": { x: [3, 0, 2], $options: { axis: [1, 2] } },
    "no result either": { x: [0, 3], $options: { axis: 1 } },
  },
  gradient: { none: "there are no elements to move" },
});
