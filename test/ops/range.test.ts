import assert from "node:assert/strict";
import { test } from "node:test";
import { ValueError } from "../../src/core/errors.ts";
import { Graph } from "../../src/graph/graph.ts";
import { range, type RangeOptions } from "../../src/ops/range.ts";
import { Session } from "../../src/runtime/session.ts";
import { referenceBackend } from "../support/backends.ts";

async function values(start: number, limit: number, options: RangeOptions<"int32" | "float32"> = {}): Promise<unknown> {
  const graph = new Graph();
  await using session = new Session({ graph, backend: referenceBackend });
  const result = await session.run(graph.asDefault(() => range(start, limit, options)));
  return [result.dtype, result.toArray()];
}

test("range counts up, down and in fractions", async () => {
  assert.deepEqual(await values(0, 4), ["int32", [0, 1, 2, 3]]);
  assert.deepEqual(await values(3, 18, { delta: 3 }), ["int32", [3, 6, 9, 12, 15]]);
  assert.deepEqual(await values(3, 1, { delta: -0.5, dtype: "float32" }), ["float32", [3, 2.5, 2, 1.5]]);
  assert.deepEqual(await values(2, 2), ["int32", []]);
});

test("range refuses steps that lead nowhere", () => {
  assert.throws(() => range(0, 3, { delta: 0 }), ValueError);
  assert.throws(() => range(0, 3, { delta: -1 }), ValueError);
  assert.throws(() => range(0, 3, { delta: 0.5 }), ValueError);
});

test("range refuses numbers beyond int32", () => {
  assert.throws(() => range(2 ** 31 - 2, 2 ** 31 + 2), /not int32/);
  assert.throws(() => range(-(2 ** 31) - 1, 0, { delta: 2 ** 30 }), ValueError);
});
