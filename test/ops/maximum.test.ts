import { gradients } from "../../src/autodiff/gradients.ts";
import { DTypeError, ShapeError } from "../../src/core/errors.ts";
import { maximum } from "../../src/ops/maximum.ts";
import { sameShapeCases, stretchedCases, SUMS } from "../support/elementwise-cases.ts";
import { booleans, integers, testOp, values } from "../support/test-op.ts";

testOp("maximum", {
  build: ({ a, b }) => maximum(a, b),
  cases: sameShapeCases(),
  rejects: {
    "shapes that do not broadcast": {
      inputs: { a: [2, 3], b: [2, 4] },
      error: ShapeError,
      message: /do not broadcast/,
    },
    "dtypes that differ": { inputs: { a: [2], b: integers([2], 0, 2) }, error: DTypeError, message: /maximum/ },
    "dtypes that have no maximum": {
      inputs: { a: booleans([2]), b: booleans([2]) },
      error: DTypeError,
      message: /maximum/,
    },
  },
});

testOp("maximum, stretched", {
  build: ({ a, b }) => maximum(a, b),
  cases: stretchedCases(),
  tolerance: SUMS,
});

testOp("maximum of int32", {
  build: ({ a, b }) => maximum(a, b),
  cases: {
    ...sameShapeCases((shape) => integers(shape, -6, 6)),
    ...stretchedCases((shape) => integers(shape, -6, 6)),
    extreme: {
      a: values([-2147483648, 2147483647, -2147483648, 65537, 5, -5, 0], "int32"),
      b: values([-1, 2, 2147483647, 65537, 0, 0, 0], "int32"),
    },
  },
  gradient: { none: "integers have none" },
});

testOp("maximum of uint8", {
  build: ({ a, b }) => maximum(a, b),
  cases: stretchedCases((shape) => integers(shape, 0, 256, "uint8")),
  gradient: { none: "integers have none" },
});

testOp("maximum at ties: all of the gradient goes to a, as in TensorFlow", {
  build: ({ a, b }) => gradients(maximum(a, b), [a, b]).map((gradient) => gradient!),
  cases: {},
  golden: [
    {
      inputs: { a: [1, 2, 3], b: [1, 3, 2] },
      outputs: [
        [1, 0, 1],
        [0, 1, 0],
      ],
      from: "tf.maximum's definition",
    },
  ],
});
