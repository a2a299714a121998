import assert from "node:assert/strict";
import { test } from "node:test";
import { ValueError } from "../../src/core/errors.ts";
import { Graph } from "../../src/graph/graph.ts";
import { linspace } from "../../src/ops/linspace.ts";
import { Session } from "../../src/runtime/session.ts";
import { referenceBackend } from "../support/backends.ts";

test("linspace includes both ends", async () => {
  const graph = new Graph();
  await using session = new Session({ graph, backend: referenceBackend });
  const fetches = graph.asDefault(() => [
    linspace(10, 12, 3),
    linspace(1, -1, 5),
    linspace(7, 9, 1),
    linspace(0, 0.7, 8),
  ]);
  const [three, down, one, last] = await session.run(fetches);
  assert.deepEqual(three?.toArray(), [10, 11, 12]);
  assert.deepEqual(down?.toArray(), [1, 0.5, 0, -0.5, -1]);
  assert.deepEqual(one?.toArray(), [7]);
  assert.equal(last?.data.at(-1), Math.fround(0.7));
});

test("linspace refuses what is no count or no ends", () => {
  for (const [start, stop, num] of [
    [0, 1, 0],
    [0, 1, 1.5],
    [0, Infinity, 3],
  ] as const) {
    assert.throws(() => linspace(start, stop, num), ValueError);
  }
});
