import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { guessingAdvice } from "../../../cli/training/guessing.ts";

function metrics(accuracy: number, ...supports: number[]): Parameters<typeof guessingAdvice>[0] {
  const count = supports.reduce((sum, support) => sum + support, 0);
  const classes = supports.map((support) => ({ support, precision: 1, recall: 1, f1: 1 }));
  return { accuracy, count, classes };
}

describe("guessingAdvice", () => {
  const names = ["cat", "dog"];

  test("no better than the most frequent class: it is named, with its share", () => {
    assert.match(guessingAdvice(metrics(0.8, 20, 80), names)[0]!, /always saying "dog" \(80\.0%\)/);
    assert.match(guessingAdvice(metrics(0.52, 50, 50), names)[0]!, /always saying "cat" \(50\.0%\)/);
  });

  test("anything learned is no guessing", () => {
    assert.deepEqual(guessingAdvice(metrics(0.56, 50, 50), names), []);
    assert.deepEqual(guessingAdvice(metrics(0.82, 20, 80), names), []);
  });

  test("images of one class only say nothing", () => {
    assert.deepEqual(guessingAdvice(metrics(0, 0, 80), names), []);
    assert.deepEqual(guessingAdvice(metrics(1, 0, 80), names), []);
  });
});
