import assert from "node:assert/strict";
import { test } from "node:test";
import { Graph } from "../../src/graph/graph.ts";
import { placeholder } from "../../src/ops/placeholder.ts";
import { rank, shape } from "../../src/ops/shape.ts";
import { size } from "../../src/ops/size.ts";
import { Session } from "../../src/runtime/session.ts";
import { referenceBackend, testedBackends } from "../support/backends.ts";

for (const { name, backend } of [{ name: "reference", backend: referenceBackend }, ...testedBackends]) {
  test(`shape, size and rank of what is fed: ${name}`, async () => {
    const graph = new Graph();
    await using session = new Session({ graph, backend });
    const [x, fetches] = graph.asDefault(() => {
      const fed = placeholder("float32", [null, 3]);
      return [fed, [shape(fed), size(fed), rank(fed)] as const];
    });
    const feeds = [
      [
        x,
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
    ] as const;
    const results = await session.run(fetches, feeds);
    assert.deepEqual(
      results.map((result) => result.toArray()),
      [[2, 3], 6, 2],
    );
    assert.deepEqual(
      results.map(({ dtype }) => dtype),
      ["int32", "int32", "int32"],
    );
  });
}
