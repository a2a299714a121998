import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { float, launch } from "../../src/backends/wasm/kernel.ts";
import { assertRecord, readSources, recordsOf } from "./launch-records.ts";

const records = recordsOf(readSources()!);
const fieldsOf = (kernel: string): string | undefined => records.get(kernel)?.fields.join(", ");

describe("the records of kernels", () => {
  test("a kernel's own, one of a shared loop, one that inherits, an imported one", () => {
    assert.equal(fieldsOf("softmax"), "x: usize, y: usize, rows: i32, classes: i32, rowsPerTask: i32");
    assert.equal(fieldsOf("square"), "x: usize, y: usize, n: i32, p: f32, q: f32");
    assert.match(fieldsOf("winograd4x3")!, /^y: usize, mask: usize, winners: usize, .* activation: i32, x: usize/);
    assert.equal(records.get("maxPool")!.name, "PoolArgs");
  });

  const args = { x: 0, y: 64, n: 9, p: float(1), q: float(0) };
  const refused: Record<string, typeof args | object> = {
    "two fields that changed places": { y: 64, x: 0, n: 9, p: float(1), q: float(0) },
    "a float that is no float()": { ...args, p: 1 },
    "an integer in float()": { ...args, n: float(9) },
    "a word too many": { ...args, more: 1 },
    "a word too few": { x: 0, y: 64, n: 9, p: float(1) },
  };
  for (const [title, wrong] of Object.entries(refused)) {
    test(`refused: ${title}`, () => {
      assert.throws(() => assertRecord(launch("square", 1, { ...wrong }), records.get("square")), /UnaryArgs/);
    });
  }

  test("what is right passes, with the list behind it where there is one", () => {
    assertRecord(launch("square", 1, args), records.get("square"));
    assertRecord(launch("addN", 1, { y: 0, n: 1, count: 2, x0: 64, x1: 128 }), records.get("addN"));
    assert.throws(
      () => assertRecord(launch("addN", 1, { y: 0, n: 1, count: 1, x0: float(1) }), records.get("addN")),
      /"x0" of the list/,
    );
  });
});
