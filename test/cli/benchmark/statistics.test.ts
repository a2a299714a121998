import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { statisticsOf } from "../../../cli/benchmark/statistics.ts";

describe("statisticsOf", () => {
  test("counts every duration", () => {
    assert.deepEqual(statisticsOf([2, 4, 4, 4, 5, 5, 7, 9]), { mean: 5, sd: 2, median: 4.5, min: 2 });
  });

  test("one duration, and durations alike, have no deviation", () => {
    assert.deepEqual(statisticsOf([3]), { mean: 3, sd: 0, median: 3, min: 3 });
    assert.equal(statisticsOf([0.1, 0.1, 0.1]).sd < 1e-15, true);
  });
});
