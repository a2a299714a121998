import assert from "node:assert/strict";
import { test } from "node:test";
import { NDArray } from "../../src/core/ndarray.ts";
import { Graph } from "../../src/graph/graph.ts";
import { constant } from "../../src/ops/constant.ts";
import { fusedBatchNorm } from "../../src/ops/fused-batch-norm.ts";
import { updateRunningStatistics } from "../../src/ops/update-running-statistics.ts";
import { variable } from "../../src/ops/variable.ts";
import { Session } from "../../src/runtime/session.ts";
import { referenceBackend, testedBackends } from "../support/backends.ts";

test("running statistics move towards the batch's by 1 - decay", async () => {
  for (const { name, backend } of [{ name: "reference", backend: referenceBackend }, ...testedBackends]) {
    const graph = new Graph();
    await graph.asDefault(async () => {
      const running = {
        mean: variable([0, 0], { trainable: false }),
        variance: variable([1, 1], { trainable: false }),
      };
      const batch = fusedBatchNorm(
        constant([
          [1, 2],
          [3, 6],
        ]),
        [1, 1],
        [0, 0],
      );
      const update = updateRunningStatistics(running, batch, { decay: 0.75 });
      await using session = new Session({ graph, backend });
      await session.run([running.mean.initializer, running.variance.initializer]);
      await session.run(update);
      // Means 2 and 4, variances 2 and 8.
      const [mean, variance] = await session.run([running.mean, running.variance]);
      assert.ok(mean instanceof NDArray && variance instanceof NDArray);
      assert.deepEqual(
        [mean.toArray(), variance.toArray()],
        [
          [0.5, 1],
          [1.25, 2.75],
        ],
        name,
      );
      await session.run(update);
      assert.deepEqual((await session.run(running.mean)).toArray(), [0.875, 1.75], name);
    });
  }
});
