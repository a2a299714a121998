import { DTypeError, ShapeError } from "../../src/core/errors.ts";
import { dropoutGrad } from "../../src/ops/dropout-grad.ts";
import { booleans, testOp, uniform } from "../support/test-op.ts";

testOp("dropoutGrad", {
  build: ({ dy, kept, keepProb }) => dropoutGrad(dy, kept, keepProb),
  cases: {
    "vector tail": { dy: [3, 7], kept: booleans([3, 7]), keepProb: uniform([], 0.5, 0.9) },
    "several tasks": { dy: [20000], kept: booleans([20000]), keepProb: uniform([], 0.5, 0.9) },
    empty: { dy: [0], kept: booleans([0]), keepProb: uniform([], 0.5, 0.9) },
  },
  gradient: ["dy"],
  rejects: {
    "a mask of numbers": { inputs: { dy: [3], kept: [3], keepProb: [] }, error: DTypeError },
    "two shapes": { inputs: { dy: [3], kept: booleans([4]), keepProb: [] }, error: ShapeError },
  },
});
