import { ShapeError } from "../../src/core/errors.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { stack } from "../../src/ops/stack.ts";
import { testOp } from "../support/test-op.ts";

testOp("stack", {
  build: (inputs, options) => stack(Object.values<Tensor>(inputs), options),
  cases: {
    "one scalar": { a: [] },
    scalars: { a: [], b: [], c: [] },
    "a=[2,3] b=[2,3]": { a: [2, 3], b: [2, 3] },
    "axis=-1": { a: [2, 3], b: [2, 3], $options: { axis: -1 } },
    "axis=1": { a: [2, 3], b: [2, 3], c: [2, 3], $options: { axis: 1 } },
  },
  rejects: { "other shapes": { inputs: { a: [2], b: [3] }, error: ShapeError, message: /differ in shape/ } },
});
