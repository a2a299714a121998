import assert from "node:assert/strict";
import { test } from "node:test";
import { DTypeError, ShapeError } from "../../src/core/errors.ts";
import { Graph } from "../../src/graph/graph.ts";
import { placeholder } from "../../src/ops/placeholder.ts";
import { where } from "../../src/ops/where.ts";
import { booleans, integers, testOp } from "../support/test-op.ts";

testOp("where", {
  build: ({ condition, x, y }) => where(condition, x, y),
  cases: {
    scalars: { condition: booleans([]), x: [], y: [] },
    empty: { condition: booleans([2, 0]), x: [2, 0], y: [] },
    "equal shapes": { condition: booleans([3, 17]), x: [3, 17], y: [3, 17] },
    "longer than a task": { condition: booleans([2, 8205]), x: [2, 8205], y: [2, 8205] },
    "y a number": { condition: booleans([3, 17]), x: [3, 17], y: [] },
    "x a number": { condition: booleans([3, 17]), x: [], y: [3, 17] },
    "one condition for all": { condition: booleans([]), x: [3, 5], y: [3, 5] },
    "a condition for each row": { condition: booleans([5, 1]), x: [5, 13], y: [13] },
    "x and y numbers": { condition: booleans([4, 9]), x: [], y: [] },
    "all stretched in turns": { condition: booleans([2, 1, 1, 5]), x: [3, 1, 5], y: [2, 1, 4, 1] },
  },
  rejects: {
    "a condition that is no bool": {
      inputs: { condition: [2], x: [2], y: [2] },
      error: DTypeError,
      message: /condition/,
    },
    "x and y of two dtypes": {
      inputs: { condition: booleans([2]), x: [2], y: integers([2], 0, 2) },
      error: DTypeError,
      message: /where/,
    },
    "a condition that does not broadcast": {
      inputs: { condition: booleans([3]), x: [2], y: [2] },
      error: ShapeError,
      message: /condition does not broadcast/,
    },
  },
});

testOp("where of other dtypes", {
  build: ({ condition, x, y }) => where(condition, x, y),
  cases: {
    int32: { condition: booleans([5, 1]), x: integers([5, 13], -9, 9), y: integers([], -9, 9) },
    uint8: { condition: booleans([5, 1]), x: integers([5, 13], 0, 256, "uint8"), y: integers([13], 0, 256, "uint8") },
    bool: { condition: booleans([4, 7]), x: booleans([7]), y: booleans([]) },
  },
  gradient: { none: "integers have none" },
});

test("numbers on both sides go to the graph of the condition", () => {
  const graph = new Graph();
  const condition = graph.asDefault(() => placeholder("bool", [2]));
  const chosen = where(condition, 1, 0);
  assert.equal(chosen.graph, graph);
  assert.equal(chosen.dtype, "float32");
});
