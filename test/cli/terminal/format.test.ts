import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  formatAmount,
  formatBytes,
  formatCounted,
  formatDuration,
  formatJson,
  formatMatrix,
  formatTable,
  formatVector,
  shellWord,
  timestamp,
} from "../../../cli/terminal/format.ts";

describe("format", () => {
  test("matrices and vectors as NumPy prints them", () => {
    assert.equal(formatMatrix([[0.1000001, 0.1999999]]), "[[0.100 0.200]]");
    assert.equal(formatMatrix([[-0.5, 1]]), "[[-0.500  1.000]]");
    assert.equal(formatVector([-0.0001]), "[0.000]");
  });

  test("one is one, all others are many", () => {
    const said = [0, 1, 2000].map((count) => formatCounted(count, "step"));
    assert.deepEqual(said, ["0 steps", "1 step", "2,000 steps"]);
  });

  test("amounts with three significant digits", () => {
    assert.deepEqual([0.12345, 4.567, 97.14, 228.4, 12_345.6, 0].map(formatAmount), [
      "0.123",
      "4.57",
      "97.1",
      "228",
      "12346",
      "0",
    ]);
    assert.deepEqual([0.0003, 0.0001, 0.00003, 1.5e-6, 1e-30].map(formatAmount), [
      "0.000300",
      "0.000100",
      "3.00e-5",
      "1.50e-6",
      "1.00e-30",
    ]);
  });

  test("paths as a shell takes them", () => {
    const said = ["runs/a-1", "runs/s INT", "it's", "-x", "-x y", "$HOME"].map(shellWord);
    assert.deepEqual(said, ["runs/a-1", "'runs/s INT'", String.raw`'it'\''s'`, "./-x", "'./-x y'", "'$HOME'"]);
  });

  test("bytes, durations and dates", () => {
    assert.deepEqual([0, 1023, 1024, 1.5 * 2 ** 30].map(formatBytes), ["0 B", "1023 B", "1.0 KiB", "1.5 GiB"]);
    assert.deepEqual([0.4, 59.4, 200].map(formatDuration), ["0 s", "59 s", "3 min 20 s"]);
    assert.equal(timestamp(new Date(2026, 10, 22, 9, 5, 7, 45)), "2026-11-22 09:05:07.045");
  });

  test("JSON is what it was, with shapes on one line", () => {
    const value = { shape: [1, 2, 3], list: ["a"], deep: [{ shape: [] }] };
    assert.deepEqual(JSON.parse(formatJson(value)), value);
    assert.match(formatJson(value), /"shape": \[1, 2, 3\]/);
    const names = ["a [ 1,  2 ].png", String.raw`"[ 1,  2 ]" \\`, "[ 1,  2 ]"];
    assert.deepEqual(JSON.parse(formatJson({ names })), { names });
  });

  test("tables align, numbers to the right, without spaces at the end", () => {
    const lines = formatTable(
      [{ title: "name" }, { title: "n", right: true }, { title: "note" }],
      [
        ["a", "10", ""],
        ["bcdef", "1", "x"],
      ],
    );
    assert.deepEqual(lines, ["name    n  note", "a      10", "bcdef   1  x"]);
  });
});
