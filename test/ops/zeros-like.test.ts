import { onesLike } from "../../src/ops/ones-like.ts";
import { zerosLike } from "../../src/ops/zeros-like.ts";
import { booleans, integers, testOp } from "../support/test-op.ts";

testOp("zerosLike and onesLike", {
  build: ({ x }, options) => [zerosLike(x, options), onesLike(x, options)],
  cases: {
    scalar: { x: [] },
    "x=[3,70]": { x: [3, 70] },
    nothing: { x: [0, 2] },
    "more than a task": { x: [20_000] },
    int32: { x: integers([9], 0, 5) },
    bool: { x: booleans([9]) },
    "another dtype": { x: [9], $options: { dtype: "uint8" } },
  },
  gradient: { none: "the values of x are not read" },
});
