import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "../../src/index.ts";

/** The reference backend, counting the plans that are loaded. */
function counting(): { readonly backend: tf.Backend; readonly loaded: () => number; readonly loads: () => number } {
  const inner = tf.reference();
  let [loaded, loads] = [0, 0];
  const backend: tf.Backend = {
    name: "counting",
    close: () => inner.close(),
    open: async () => {
      const device = await inner.open();
      return {
        target: device.target,
        close: () => device.close(),
        load: async (plan) => {
          const made = await device.load(plan);
          loaded++;
          loads++;
          let live = true;
          return {
            describe: () => made.describe(),
            run: (request) => {
              assert.ok(live, "a plan runs after it was unloaded");
              return made.run(request);
            },
            unload: () => {
              loaded--;
              live = false;
              made.unload();
            },
          };
        },
      };
    },
  };
  return { backend, loaded: () => loaded, loads: () => loads };
}

describe("the plans of a session", () => {
  test("of very many feed shapes, only so many plans are kept, the last ones used", async () => {
    await new tf.Graph().asDefault(async () => {
      const { backend, loaded, loads } = counting();
      const x = tf.placeholder("float32", [null]);
      const total = tf.reduceSum(x);
      const one = tf.constant(1);
      await using session = new tf.Session({ backend });
      for (let size = 1; size <= 500; size++) {
        assert.equal((await session.run(total, [[x, new Float32Array(size).fill(1)]])).item(), size);
        assert.equal((await session.run(one)).item(), 1);
      }
      assert.equal(loads(), 501);
      assert.equal(loaded(), 128);
      await session.run(total, [[x, new Float32Array(450)]]);
      assert.equal(loads(), 501);
      await session.run(total, [[x, new Float32Array(1)]]);
      assert.equal(loads(), 502);
    });
  });

  test("a run that waited for others finds its plan again, though they took its place", async () => {
    await new tf.Graph().asDefault(async () => {
      const { backend, loaded } = counting();
      const x = tf.placeholder("float32", [null]);
      const total = tf.reduceSum(x);
      await using session = new tf.Session({ backend });
      await session.run(total, [[x, [7]]]);
      const sizes = [...Array.from({ length: 200 }, (_, index) => index + 2), 1, 2, 150];
      const results = await Promise.all(sizes.map((size) => session.run(total, [[x, new Float32Array(size).fill(1)]])));
      assert.deepEqual(
        results.map((result) => result.item()),
        sizes,
      );
      assert.equal(loaded(), 128);
    });
  });

  test("a plan that does not fit takes the room of the others", async () => {
    const backend = tf.wasm({ threads: 1, memoryLimitBytes: 16 << 20 });
    await new tf.Graph().asDefault(async () => {
      const x = tf.placeholder("float32", [null, 512]);
      // 1 MB that every plan holds.
      const y = tf.reduceSum(
        tf.matmul(x, tf.constant(new tf.NDArray("float32", [512, 512], new Float32Array(512 * 512).fill(1)))),
      );
      const v = tf.variable(tf.constant(5));
      await using session = new tf.Session({ backend });
      await session.run(tf.globalVariablesInitializer());
      for (let rows = 1; rows <= 40; rows++) {
        assert.equal((await session.run(y, [[x, new Float32Array(rows * 512).fill(1)]])).item(), rows * 512 * 512);
      }
      assert.equal((await session.run(v)).item(), 5);
    });
    await backend.close();
  });
});
