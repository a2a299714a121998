import assert from "node:assert/strict";
import { test } from "node:test";
import { PrCounter } from "../../../cli/training/pr-counter.ts";

test("counts at every threshold, by hand", () => {
  const counter = new PrCounter(2);
  counter.add([0.9, 0.1], 0);
  counter.add([0.4, 0.6], 0);
  counter.add([0.55, 0.45], 1);
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = counter.countsOf(0);
  assert.equal(truePositives.length, 101);
  // Everything is called the class at 0; at 0.5 the first image and, wrongly, the third; at 1 none.
  const at = (index: number): unknown[] =>
    [truePositives, falsePositives, trueNegatives, falseNegatives].map((row) => row[index]);
  assert.deepEqual(
    [at(0), at(50), at(100)],
    [
      [2, 1, 0, 0],
      [1, 1, 0, 1],
      [0, 0, 1, 2],
    ],
  );
});
