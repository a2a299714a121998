import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "../../src/index.ts";
import { testedBackends } from "../support/backends.ts";

const { backend } = testedBackends[0]!;

/** A sum of random numbers: its value tells how often they were drawn, and from what. */
function buildWalk(): { place: tf.Variable; step: tf.Tensor; unused: tf.Variable } {
  const place = tf.variable(tf.zeros([3]), { name: "place" });
  const unused = tf.variable(tf.ones([2]), { name: "unused" });
  return { place, unused, step: tf.assignAdd(place, tf.randomNormal([3], { seed: 7 })) };
}

describe("a session's state", () => {
  test("another session goes on where it was, bit by bit, in a graph built again", async () => {
    const walk = async (session: tf.Session, step: tf.Tensor, steps: number): Promise<number[]> => {
      for (let i = 1; i < steps; i++) await session.run(step);
      return [...(await session.run(step)).data];
    };
    const expected = await new tf.Graph().asDefault(async () => {
      const { step } = buildWalk();
      await using session = new tf.Session({ backend });
      await session.run(tf.globalVariablesInitializer());
      return await walk(session, step, 5);
    });
    const state = await new tf.Graph().asDefault(async () => {
      const { step, place } = buildWalk();
      await using session = new tf.Session({ backend });
      await session.run(place.initializer);
      await walk(session, step, 3);
      return await session.exportState();
    });
    assert.deepEqual([...state.variables.keys()], ["place"]);
    assert.deepEqual([...state.randomRuns.values()], [3]);
    await new tf.Graph().asDefault(async (graph) => {
      const { step, unused } = buildWalk();
      const before = graph.operations.length;
      await using session = new tf.Session({ backend });
      await session.importState(state);
      assert.equal(graph.operations.length, before);
      assert.deepEqual(await walk(session, step, 2), expected);
      await assert.rejects(session.run(unused), tf.UninitializedError);
    });
  });

  test("closing waits for imports and exports that were asked for before", async () => {
    const state = await new tf.Graph().asDefault(async () => {
      buildWalk();
      const session = new tf.Session({ backend });
      await session.run(tf.globalVariablesInitializer());
      const running = session.run(tf.globalVariablesInitializer());
      const exported = session.exportState();
      await session.close();
      await running;
      return exported;
    });
    assert.deepEqual([...state.variables.keys()], ["place", "unused"]);
    await new tf.Graph().asDefault(async () => {
      buildWalk();
      const session = new tf.Session({ backend });
      const imported = session.importState(state);
      const closed = session.close();
      await assert.doesNotReject(imported);
      await closed;
      await assert.rejects(session.importState(state), tf.ClosedError);
      await assert.rejects(session.exportState(), tf.ClosedError);
    });
  });

  test("without counts of runs, random operations go on with the numbers they would have drawn", async () => {
    await new tf.Graph().asDefault(async () => {
      buildWalk();
      const drawn = tf.randomNormal([3], { seed: 8 });
      await using session = new tf.Session({ backend });
      await using other = new tf.Session({ backend });
      for (const one of [session, other]) await one.run(drawn);
      await session.importState({
        variables: new Map([["unused", new tf.NDArray("float32", [2], Float32Array.of(3, 4))]]),
      });
      assert.deepEqual(await session.run(drawn), await other.run(drawn));
      await session.importState({ variables: new Map(), randomRuns: new Map() });
      assert.notDeepEqual(await session.run(drawn), await other.run(drawn));
    });
  });

  test("what does not fit is listed, all of it, and nothing changes", async () => {
    await new tf.Graph().asDefault(async () => {
      const { place } = buildWalk();
      await using session = new tf.Session({ backend });
      await session.run(place.initializer);
      const variables = new Map([
        ["place", new tf.NDArray("float32", [2], new Float32Array(2))],
        ["other", new tf.NDArray("float32", [], new Float32Array(1))],
      ]);
      await assert.rejects(session.importState({ variables, randomRuns: new Map([["dice", 3]]) }), (error) => {
        assert.ok(error instanceof tf.GraphError);
        assert.deepEqual(
          error.operands.map(({ name }) => name),
          ["place", "other", "dice"],
        );
        return true;
      });
      assert.deepEqual([...(await session.run(place)).data], [0, 0, 0]);
    });
  });
});
