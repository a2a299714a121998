import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pairedEffect, studentQuantile } from "../../../cli/experiments/paired-effect.ts";
import { verdictOf } from "../../../cli/experiments/verdict.ts";

describe("studentQuantile", () => {
  // Fisher, Yates, Statistical tables, 1938, table III.
  const table: readonly (readonly [degrees: number, t: number])[] = [
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [4, 2.776],
    [5, 2.571],
    [9, 2.262],
    [10, 2.228],
    [30, 2.042],
    [999, 1.962],
  ];
  for (const [degrees, t] of table) {
    test(`${degrees} degrees of freedom`, () =>
      assert.ok(Math.abs(studentQuantile(0.95, degrees) - t) < 0.0006, String(studentQuantile(0.95, degrees))));
  }
});

describe("pairedEffect", () => {
  test("Student's own example: hours of sleep gained by one drug over another", () => {
    // Biometrika 6, 1908, page 20; the interval as R's t.test(paired = TRUE) prints it.
    const { mean, deviation, interval } = pairedEffect([1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4]);
    assert.equal(mean.toFixed(2), "1.58");
    assert.equal(deviation.toFixed(2), "1.23");
    assert.deepEqual(
      interval?.map((end) => end.toFixed(4)),
      ["0.7001", "2.4599"],
    );
  });

  test("one pair has no bounds", () =>
    assert.deepEqual(pairedEffect([0.3]), { count: 1, mean: 0.3, deviation: 0, interval: null }));
});

describe("verdictOf", () => {
  const cases: Readonly<Record<string, [differences: number[], verdict: string]>> = {
    "all far above zero": [[0.05, 0.06, 0.055, 0.05], "holds"],
    "small and always there": [[0.004, 0.005, 0.0045, 0.005], "holds"],
    "all below zero": [[-0.05, -0.06, -0.055], "does not hold"],
    "about zero, and no room for a hundredth": [[0.001, -0.001, 0.002, 0, -0.001], "does not hold"],
    "equal to the last digit": [[0, 0, 0], "does not hold"],
    "about zero, scattered": [[0.05, -0.06, 0.03, -0.02], "undecided"],
    "above zero, scattered": [[0.1, 0.01, 0.2, -0.02], "undecided"],
    "one pair": [[0.5], "undecided"],
  };
  for (const [name, [differences, verdict]] of Object.entries(cases)) {
    test(`${name}: ${verdict}`, () => assert.equal(verdictOf(pairedEffect(differences), 0.01), verdict));
  }
});
