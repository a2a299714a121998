import assert from "node:assert/strict";
import { test } from "node:test";
import { DTypeError, ShapeError, ValueError } from "../../src/core/errors.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { addN } from "../../src/ops/add-n.ts";
import { placeholder } from "../../src/ops/placeholder.ts";
import { booleans, integers, testOp } from "../support/test-op.ts";

testOp("addN", {
  build: (values: Record<string, Tensor>) => addN(Object.values(values)),
  cases: {
    "one tensor": { a: [3, 5] },
    "two scalars": { a: [], b: [] },
    empty: { a: [0, 3], b: [0, 3] },
    "three, vector tail": { a: [3, 17], b: [3, 17], c: [3, 17] },
    "seven, longer than a task": { a: [16400], b: [16400], c: [16400], d: [16400], e: [16400], f: [16400], g: [16400] },
    int32: { a: integers([3, 7], -9, 9), b: integers([3, 7], -9, 9), c: integers([3, 7], -9, 9) },
    uint8: { a: integers([3, 7], 0, 256, "uint8"), b: integers([3, 7], 0, 256, "uint8") },
  },
  gradient: { none: "tested below, where all inputs are float32" },
  tolerance: { rtol: 1.3e-6, atol: 1e-6, why: "seven terms that may cancel" },
  rejects: {
    "shapes that differ": { inputs: { a: [2, 3], b: [1, 3] }, error: ShapeError, message: /addN/ },
    "dtypes that differ": { inputs: { a: [2], b: integers([2], 0, 2) }, error: DTypeError, message: /addN/ },
    booleans: { inputs: { a: booleans([2]), b: booleans([2]) }, error: DTypeError, message: /addN/ },
    "an empty list": { inputs: {}, error: ValueError, message: /no tensors/ },
  },
});

testOp("the gradient of addN", {
  build: ({ a, b, c }) => addN([a, b, c]),
  cases: { "three tensors": { a: [3, 5], b: [3, 5], c: [3, 5] } },
});

test("what one tensor does not know of the shape, another may", () => {
  new Graph().asDefault(() => {
    const sum = addN([placeholder("float32", [null, 3]), placeholder("float32", [2, null])]);
    assert.deepEqual(sum.shape, [2, 3]);
  });
});

test("two that disagree where the first knows nothing are refused", () => {
  new Graph().asDefault(() => {
    const unknown = placeholder("float32", [null, 3]);
    const [two, four] = [placeholder("float32", [2, 3]), placeholder("float32", [4, 3])];
    assert.throws(() => addN([unknown, two, four]), /values\[1\] and values\[2\] differ in shape/);
  });
});
