import assert from "node:assert/strict";
import { test } from "node:test";
import { Graph } from "../../src/graph/graph.ts";
import { fill, ones, zeros } from "../../src/ops/zeros.ts";
import { Session } from "../../src/runtime/session.ts";
import { referenceBackend, testedBackends } from "../support/backends.ts";

for (const { name, backend } of [{ name: "reference", backend: referenceBackend }, ...testedBackends]) {
  test(`zeros, ones and fill: ${name}`, async () => {
    const graph = new Graph();
    await using session = new Session({ graph, backend });
    const fetches = graph.asDefault(() => [
      zeros([2, 2]),
      ones([3], { dtype: "bool" }),
      fill([2, 1], -7, { dtype: "int32" }),
      zeros([0]),
    ]);
    const results = await session.run(fetches);
    assert.deepEqual(
      results.map((result) => result.toArray()),
      [
        [
          [0, 0],
          [0, 0],
        ],
        [1, 1, 1],
        [[-7], [-7]],
        [],
      ],
    );
    assert.deepEqual(
      results.map(({ dtype }) => dtype),
      ["float32", "bool", "int32", "float32"],
    );
  });
}
