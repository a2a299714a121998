import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "millrace";
import { floors, guarded, ratios } from "../../bench/guard/pairs.ts";
import { kernelCases } from "../../bench/kernels/index.ts";

const names = kernelCases.map(({ name }) => name);

describe("bench/kernels", () => {
  test("every kernel has a name of its own", () => assert.equal(new Set(names).size, names.length));

  test("the guard asks for kernels that are there", () => {
    const asked = [...guarded, ...Object.keys(floors), ...ratios.flatMap(({ kernel, than }) => [kernel, than])];
    assert.deepEqual(
      asked.filter((name) => !names.includes(name)),
      [],
    );
  });

  // Bytes of a pass that the compiler leaves out would make a kernel look faster than it is.
  test("no kernel claims more bytes than its steps touch", async () => {
    for (const { name, limit, build } of kernelCases) {
      if (limit.kind !== "bandwidth") continue;
      const graph = new tf.Graph();
      await using session = new tf.Session({ graph });
      const made = graph.asDefault(build);
      const { steps } = await session.explain(made instanceof tf.Operation ? made : made.op);
      // `explain` counts a buffer once, also one that is read and written.
      const touched = steps.reduce(
        (sum, { bytes, inPlace, op }) => sum + bytes * (inPlace || op.startsWith("Apply") ? 2 : 1),
        0,
      );
      assert.ok(limit.bytes <= touched, `${name}: ${limit.bytes} bytes, but its steps touch ${touched}`);
    }
  });
});
