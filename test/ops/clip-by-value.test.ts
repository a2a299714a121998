import { gradients } from "../../src/autodiff/gradients.ts";
import { DTypeError, ValueError } from "../../src/core/errors.ts";
import { div } from "../../src/ops/div.ts";
import { clipByValue } from "../../src/ops/clip-by-value.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, integers, testOp, values } from "../support/test-op.ts";

testOp("clipByValue", {
  build: ({ x }, { min = -0.5 }) => clipByValue(x, min, 1),
  cases: unaryCases(),
  golden: [{ inputs: { x: [-2, -0.5, 0, 1, 3] }, outputs: [[-0.5, -0.5, 0, 1, 1]], from: "the definition" }],
  rejects: {
    bool: { inputs: { x: booleans([2]) }, error: DTypeError, message: /minimum/ },
    "min above max": { inputs: { x: [2] }, options: { min: 2 }, error: ValueError, message: /min 2 is above max 1/ },
  },
});

testOp("clipByValue with tensors for limits", {
  build: ({ x, min, max }) => clipByValue(x, min, max),
  cases: {
    "limits of the same shape": { x: [3, 17], min: [3, 17], max: [3, 17] },
    "limits that broadcast": { x: [3, 17], min: [17], max: [] },
    int32: { x: integers([3, 7], -9, 9), min: integers([7], -5, 0), max: integers([], 1, 5) },
  },
  gradient: { none: "see maximum and minimum" },
});

testOp("clipByValue of int32", {
  build: ({ x }) => clipByValue(x, -2, 3),
  cases: { small: { x: integers([3, 7], -9, 9) } },
  gradient: { none: "integers have none" },
});

testOp("the gradient of clipByValue at its limits", {
  build: ({ x }) => gradients(clipByValue(x, -0.5, 1), [x]).map((gradient) => gradient!),
  cases: {},
  golden: [{ inputs: { x: [-2, -0.5, 0, 1, 3] }, outputs: [[0, 1, 1, 1, 0]], from: "tf.clip_by_value's definition" }],
});

testOp("clipByValue of a negative zero", {
  build: ({ x }) => div(1, clipByValue(x, 0, 6)),
  cases: { "keeps the sign": { x: values([-0, 0, -1, 2]) } },
  golden: [{ inputs: { x: values([-0, 0]) }, outputs: [[-Infinity, Infinity]], from: "no zero is less than another" }],
  gradient: { none: "a pole" },
});
