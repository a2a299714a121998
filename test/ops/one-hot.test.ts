import { DTypeError, ShapeError } from "../../src/core/errors.ts";
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
    "no depth": { indices: integers([4], 0, 3), $options: { depth: 0 } },
    "more than a task": { indices: integers([40], 0, 1000), $options: { depth: 1000 } },
  },
  gradient: { none: "indices have none" },
  rejects: {
    "indices of float32": { inputs: { indices: [3] }, options: { depth: 3 }, error: DTypeError },
    "an axis beyond": { inputs: { indices: integers([3], 0, 3) }, options: { depth: 3, axis: 2 }, error: ShapeError },
  },
});
