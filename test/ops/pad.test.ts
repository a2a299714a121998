import { ValueError } from "../../src/core/errors.ts";
import { fromNested } from "../../src/core/ndarray.ts";
import { pad } from "../../src/ops/pad.ts";
import { booleans, integers, testOp, values } from "../support/test-op.ts";

const square = values([
  [1, 2, 3],
  [4, 5, 6],
]);

testOp("pad", {
  build: ({ x }, { paddings, ...options }) => pad(x, paddings, options),
  cases: {
    "no padding": {
      x: [2, 3],
      $options: {
        paddings: [
          [0, 0],
          [0, 0],
        ],
      },
    },
    images: {
      x: [2, 3, 4, 5],
      $options: {
        paddings: [
          [0, 0],
          [1, 2],
          [2, 0],
          [0, 0],
        ],
      },
    },
    "a constant": {
      x: [3, 20],
      $options: {
        paddings: [
          [1, 0],
          [0, 3],
        ],
        constantValue: -2.5,
      },
    },
    "around nothing": {
      x: [0, 2],
      $options: {
        paddings: [
          [1, 1],
          [0, 0],
        ],
      },
    },
    "reflect in one axis": { x: [9], $options: { paddings: [[8, 3]], mode: "REFLECT" } },
    "reflect in two axes": {
      x: [2, 5, 6, 3],
      $options: {
        paddings: [
          [0, 0],
          [2, 3],
          [4, 1],
          [0, 0],
        ],
        mode: "REFLECT",
      },
    },
    "symmetric in two axes": {
      x: [4, 5],
      $options: {
        paddings: [
          [4, 0],
          [2, 5],
        ],
        mode: "SYMMETRIC",
      },
    },
  },
  golden: [
    {
      inputs: { x: square },
      options: {
        paddings: [
          [1, 1],
          [2, 2],
        ],
        mode: "REFLECT",
      },
      outputs: [
        [
          [6, 5, 4, 5, 6, 5, 4],
          [3, 2, 1, 2, 3, 2, 1],
          [6, 5, 4, 5, 6, 5, 4],
          [3, 2, 1, 2, 3, 2, 1],
        ],
      ],
      from: "TensorFlow's documentation of tf.pad",
    },
    {
      inputs: { x: square },
      options: {
        paddings: [
          [1, 1],
          [2, 2],
        ],
        mode: "SYMMETRIC",
      },
      outputs: [
        [
          [2, 1, 1, 2, 3, 3, 2],
          [2, 1, 1, 2, 3, 3, 2],
          [5, 4, 4, 5, 6, 6, 5],
          [5, 4, 4, 5, 6, 6, 5],
        ],
      ],
      from: "TensorFlow's documentation of tf.pad",
    },
  ],
  rejects: {
    "too few axes": { inputs: { x: [2, 3] }, options: { paddings: [[1, 1]] }, error: ValueError, message: /2 pairs/ },
    "more than there is to reflect": {
      inputs: { x: [3] },
      options: { paddings: [[3, 0]], mode: "REFLECT" },
      error: ValueError,
      message: /only 2 to mirror/,
    },
    "a constant that the dtype does not hold": {
      inputs: { x: integers([3], 0, 9, "uint8") },
      options: { paddings: [[1, 1]], constantValue: 300 },
      error: ValueError,
      message: /pad: constantValue: 300 is no uint8/,
    },
    "a fraction around integers": {
      inputs: { x: integers([3], 0, 9) },
      options: { paddings: [[1, 1]], constantValue: 1.5 },
      error: ValueError,
      message: /1.5 is no int32/,
    },
    "another mode": {
      inputs: { x: [3] },
      options: { paddings: [[1, 1]], mode: "EDGE" },
      error: ValueError,
      message: /"EDGE"/,
    },
    "a negative padding": { inputs: { x: [3] }, options: { paddings: [[-1, 0]] }, error: ValueError },
  },
});

testOp("pad of bool", {
  build: ({ x }) =>
    pad(
      x,
      [
        [1, 2],
        [0, 1],
      ],
      { constantValue: 7 },
    ),
  cases: { "x=[2,3]": { x: booleans([2, 3]) } },
  golden: [
    {
      inputs: { x: fromNested([[false]], "bool") },
      outputs: [
        [
          [1, 1],
          [0, 1],
          [1, 1],
          [1, 1],
        ],
      ],
      from: "by hand",
    },
  ],
  gradient: { none: "bool has none" },
});
