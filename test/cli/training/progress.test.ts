import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { barLine, formatTimeLeft } from "../../../cli/training/progress.ts";

describe("the progress of a run", () => {
  const line = {
    start: "epoch 10",
    part: 0.5,
    rest: "78/156  loss 2.1406  accuracy 10.6%  9.52 images/s  42 min left",
  };

  test("a terminal of 80 columns shows all numbers, and a shorter bar", () => {
    assert.equal(barLine(line, 80), `epoch 10 [##..] ${line.rest}`);
    assert.equal(barLine(line, 200), `epoch 10 [${"#".repeat(12)}${".".repeat(12)}] ${line.rest}`);
  });

  test("no terminal gets a line that it would break in two", () => {
    for (let columns = 1; columns < 120; columns++) {
      const drawn = barLine(line, columns);
      assert.ok(drawn.length < columns);
      if (columns > 78) assert.ok(drawn.endsWith("left"));
    }
    assert.equal(barLine(line, 76), `epoch 10 ${line.rest}`);
  });

  test("the time left is no more exact than it is known", () => {
    assert.deepEqual([45, 200, 599.7, 2534, 7170, 18_200].map(formatTimeLeft), [
      "45 s",
      "3 min 20 s",
      "10 min 0 s",
      "42 min",
      "2 h 0 min",
      "5 h 3 min",
    ]);
  });
});
