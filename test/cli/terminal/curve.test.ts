import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { drawCurve } from "../../../cli/terminal/curve.ts";

describe("drawCurve", () => {
  test("a loss that falls by equal factors is a straight line from corner to corner", () => {
    const values = Array.from({ length: 16 }, (_, step) => 10 ** -step);
    assert.deepEqual(drawCurve(values, { columns: 8, rows: 4, expected: 16 }), [
      "  1.0e+0 ⠑⢄",
      "           ⠑⢄",
      "             ⠑⢄",
      " 1.0e-15       ⠑⢄",
    ]);
  });

  test("what is still to come stays empty", () => {
    const lines = drawCurve([1, 0.1], { columns: 8, rows: 4, expected: 16 });
    assert.deepEqual(lines, ["  1.0e+0 ⢱", "         ⢸", "         ⢸", "  1.0e-1 ⢸"]);
  });

  test("a constant is a flat line; zero, NaN and infinity are gaps; nothing is nothing", () => {
    assert.deepEqual(drawCurve([2, 2, 2, 2], { columns: 2, rows: 1, expected: 4 }), ["  2.0e+0 ⣀⣀"]);
    assert.deepEqual(drawCurve([2, 0, Number.NaN, 2], { columns: 2, rows: 1, expected: 4 }), ["  2.0e+0 ⡀⢀"]);
    assert.deepEqual(drawCurve([0, Number.POSITIVE_INFINITY], { columns: 2, rows: 1, expected: 2 }), []);
    assert.deepEqual(drawCurve([], { columns: 2, rows: 1, expected: 2 }), []);
  });
});
