import assert from "node:assert/strict";
import { ShapeError } from "../../src/core/errors.ts";
import { expandDims } from "../../src/ops/expand-dims.ts";
import { testOp } from "../support/test-op.ts";

testOp("expandDims", {
  build: ({ x }, { axis }) => expandDims(x, axis),
  cases: {
    "scalar axis=0": { x: [], $options: { axis: 0 } },
    "x=[2,3] axis=0": { x: [2, 3], $options: { axis: 0 } },
    "x=[2,3] axis=1": { x: [2, 3], $options: { axis: 1 } },
    "x=[2,3] axis=-1": { x: [2, 3], $options: { axis: -1 } },
  },
  properties: [({ outputs }) => assert.ok(outputs[0]!.shape.includes(1))],
  rejects: {
    "an axis beyond": { inputs: { x: [2, 3] }, options: { axis: 3 }, error: ShapeError, message: /no axis 3/ },
  },
});
