import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "../../src/index.ts";
import { referenceBackend, testedBackends } from "../support/backends.ts";

test("assignAdd and assignSub of int32 wrap around, for whoever reads the variable next", async () => {
  for (const { name, backend } of [{ name: "reference", backend: referenceBackend }, ...testedBackends]) {
    const graph = new tf.Graph();
    const [up, down, read] = graph.asDefault(() => {
      const v = tf.variable([2 ** 31 - 1, -(2 ** 31), 5], { dtype: "int32" });
      return [tf.assignAdd(v, [1, 0, 2]), tf.assignSub(v, [0, 128, 2]), tf.cast(v, "float32")] as const;
    });
    await using session = new tf.Session({ graph, backend });
    await session.run(graph.asDefault(() => tf.globalVariablesInitializer()));
    await session.run(up);
    assert.deepEqual([...(await session.run(read)).data], [-(2 ** 31), -(2 ** 31), 7], `${name}: added`);
    await session.run(down);
    assert.deepEqual([...(await session.run(read)).data], [-(2 ** 31), 2 ** 31 - 128, 5], `${name}: subtracted`);
  }
});
