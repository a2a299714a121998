import assert from "node:assert/strict";
import { test } from "node:test";
import { ValueError } from "../../src/core/errors.ts";
import { Graph } from "../../src/graph/graph.ts";
import { eye } from "../../src/ops/eye.ts";
import { Session } from "../../src/runtime/session.ts";
import { referenceBackend, testedBackends } from "../support/backends.ts";

for (const { name, backend } of [{ name: "reference", backend: referenceBackend }, ...testedBackends]) {
  test(`eye: ${name}`, async () => {
    const graph = new Graph();
    await using session = new Session({ graph, backend });
    const fetches = graph.asDefault(() => [
      eye(2),
      eye(3, { numColumns: 2, dtype: "int32" }),
      eye(1, { numColumns: 2, dtype: "bool" }),
      eye(0),
    ]);
    const results = await session.run(fetches);
    assert.deepEqual(
      results.map((result) => [result.dtype, result.toArray()]),
      [
        [
          "float32",
          [
            [1, 0],
            [0, 1],
          ],
        ],
        [
          "int32",
          [
            [1, 0],
            [0, 1],
            [0, 0],
          ],
        ],
        ["bool", [[1, 0]]],
        ["float32", []],
      ],
    );
  });
}

test("eye refuses what is no number of rows or columns", () => {
  new Graph().asDefault(() => {
    assert.throws(() => eye(1.5), ValueError);
    assert.throws(() => eye(-1), ValueError);
    assert.throws(() => eye(2, { numColumns: -1 }), ValueError);
  });
});
