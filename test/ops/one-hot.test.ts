import assert from "node:assert/strict";
import { DTypeError, ShapeError, ValueError } from "../../src/core/errors.ts";
import { oneHot } from "../../src/ops/one-hot.ts";
import { integers, testOp, values } from "../support/test-op.ts";

testOp("oneHot", {
  build: ({ indices }, { depth, ...options }) => oneHot(indices, depth, options),
  cases: {
    scalar: { indices: integers([], 0, 5), $options: { depth: 5 } },
    "indices=[7] depth=10": { indices: integers([7], 0, 10), $options: { depth: 10 } },
    "axis=0": { indices: integers([3, 4], 0, 5), $options: { depth: 5, axis: 0 } },
    "axis=1": { indices: integers([3, 4], 0, 5), $options: { depth: 5, axis: 1 } },
    "numbers that are no class": { indices: values([-1, 0, 3], "int32"), $options: { depth: 3 } },
    "other values": { indices: integers([4], 0, 3), $options: { depth: 3, onValue: 0.9, offValue: 0.05 } },
    int32: { indices: integers([4], 0, 3), $options: { depth: 3, dtype: "int32", onValue: 5, offValue: -1 } },
    bool: { indices: integers([4], 0, 3), $options: { depth: 3, dtype: "bool" } },
    "bool of other values": {
      indices: integers([4], 0, 3),
      $options: { depth: 3, dtype: "bool", onValue: 0, offValue: 7 },
    },
    "no depth": { indices: integers([4], 0, 3), $options: { depth: 0 } },
    "more than a task": { indices: integers([40], 0, 1000), $options: { depth: 1000 } },
  },
  gradient: { none: "indices have none" },
  golden: [
    {
      inputs: { indices: values([1], "int32") },
      options: { depth: 2, dtype: "bool", onValue: 7, offValue: -0.5 },
      outputs: [[[1, 1]]],
      from: "by hand: bool is stored as 0 or 1",
    },
  ],
  properties: [
    ({ outputs: [result] }) => {
      if (result?.dtype === "bool") assert.ok(result.data.every((byte) => byte === 0 || byte === 1));
    },
  ],
  rejects: {
    "indices of float32": { inputs: { indices: [3] }, options: { depth: 3 }, error: DTypeError },
    "a value that the dtype does not hold": {
      inputs: { indices: integers([3], 0, 3) },
      options: { depth: 3, dtype: "uint8", onValue: 300 },
      error: ValueError,
      message: /oneHot: onValue: 300 is no uint8/,
    },
    "a fraction among integers": {
      inputs: { indices: integers([3], 0, 3) },
      options: { depth: 3, dtype: "int32", offValue: 1.5 },
      error: ValueError,
      message: /offValue: 1.5 is no int32/,
    },
    "an axis beyond": { inputs: { indices: integers([3], 0, 3) }, options: { depth: 3, axis: 2 }, error: ShapeError },
  },
});
