import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "../../src/index.ts";
import { referenceBackend, testedBackends } from "../support/backends.ts";

const backends = [{ name: "reference", backend: referenceBackend }, testedBackends[1]!];

for (const { name, backend } of backends) {
  describe(`session on ${name}`, () => {
    test("fetches keep their form: a tensor, a list, a record, an operation", async () => {
      await new tf.Graph().asDefault(async () => {
        const a = tf.constant([1, 2], { name: "a" });
        const b = a.mul(3);
        await using session = new tf.Session({ backend });
        assert.deepEqual((await session.run(b)).toArray(), [3, 6]);
        const [x, y] = await session.run([a, b]);
        assert.deepEqual(
          [x.toArray(), y.toArray()],
          [
            [1, 2],
            [3, 6],
          ],
        );
        const record = await session.run({ double: { a }, effect: tf.group(b) });
        assert.deepEqual(record.double.a.toArray(), [1, 2]);
        assert.equal(record.effect, null);
      });
    });

    test("feeds by pair, by map and by name, as lists, typed arrays and arrays", async () => {
      await new tf.Graph().asDefault(async () => {
        const x = tf.placeholder("float32", [null, 2], { name: "x" });
        const y = x.mul(2);
        await using session = new tf.Session({ backend });
        const expected = [
          [2, 4],
          [6, 8],
        ];
        assert.deepEqual(
          (
            await session.run(y, [
              [
                x,
                [
                  [1, 2],
                  [3, 4],
                ],
              ],
            ])
          ).toArray(),
          expected,
        );
        assert.deepEqual((await session.run(y, new Map([[x, Float32Array.of(1, 2, 3, 4)]]))).toArray(), expected);
        const array = new tf.NDArray("float32", [2, 2], Float32Array.of(1, 2, 3, 4));
        assert.deepEqual((await session.run(y, { x: array })).toArray(), expected);
      });
    });

    test("one plan for each batch size: results follow the shape fed", async () => {
      await new tf.Graph().asDefault(async () => {
        const x = tf.placeholder("float32", [null, 2]);
        const mean = tf.reduceMean(x, { axis: 0 });
        await using session = new tf.Session({ backend });
        assert.deepEqual((await session.run(mean, [[x, [[1, 2]]]])).toArray(), [1, 2]);
        assert.deepEqual(
          (
            await session.run(mean, [
              [
                x,
                [
                  [1, 2],
                  [3, 4],
                ],
              ],
            ])
          ).toArray(),
          [2, 3],
        );
        assert.deepEqual((await session.run(mean, [[x, [[5, 6]]]])).toArray(), [5, 6]);
      });
    });

    test("any tensor can be fed, and what leads to it is not computed", async () => {
      await new tf.Graph().asDefault(async () => {
        const x = tf.placeholder("float32", [2]);
        const middle = x.mul(2);
        const y = middle.add(1);
        await using session = new tf.Session({ backend });
        assert.deepEqual((await session.run(y, [[middle, [10, 20]]])).toArray(), [11, 21]);
      });
    });

    test("variables belong to a session", async () => {
      await new tf.Graph().asDefault(async () => {
        const v = tf.variable(tf.constant(1));
        const count = tf.assignAdd(v, 1);
        const init = tf.globalVariablesInitializer();
        await using one = new tf.Session({ backend });
        await using two = new tf.Session({ backend });
        await one.run(init);
        await two.run(init);
        await one.run(count);
        assert.equal((await one.run(count)).item(), 3);
        assert.equal((await two.run(v)).item(), 1);
      });
    });

    test("a read without dependencies has the value from before the run", async () => {
      await new tf.Graph().asDefault(async () => {
        const v = tf.variable(tf.constant([1, 2]));
        const step = tf.assign(v, v.mul(10));
        const after = tf.controlDependencies([step], () => tf.identity(v));
        await using session = new tf.Session({ backend });
        await session.run(tf.globalVariablesInitializer());
        const [read, written, seen] = await session.run([v, step, after]);
        assert.deepEqual(
          [read.toArray(), written.toArray(), seen.toArray()],
          [
            [1, 2],
            [10, 20],
            [10, 20],
          ],
        );
      });
    });

    test("two variables can swap their values in one run", async () => {
      await new tf.Graph().asDefault(async () => {
        const a = tf.variable(tf.constant([1, 2, 3]));
        const b = tf.variable(tf.constant([4, 5, 6]));
        const swap = tf.group(tf.assign(a, tf.identity(b)), tf.assign(b, tf.identity(a)));
        await using session = new tf.Session({ backend });
        await session.run(tf.globalVariablesInitializer());
        await session.run(swap);
        const [x, y] = await session.run([a, b]);
        assert.deepEqual(
          [x.toArray(), y.toArray()],
          [
            [4, 5, 6],
            [1, 2, 3],
          ],
        );
      });
    });

    test("runs asked for at once do not overlap", async () => {
      await new tf.Graph().asDefault(async () => {
        const v = tf.variable(tf.constant(0));
        const count = tf.assignAdd(v, 1);
        await using session = new tf.Session({ backend });
        await session.run(tf.globalVariablesInitializer());
        const counts = await Promise.all(Array.from({ length: 20 }, () => session.run(count)));
        assert.deepEqual(
          counts.map((value) => value.item()),
          Array.from({ length: 20 }, (_, i) => i + 1),
        );
      });
    });

    test("what is fed may be changed as soon as run() was called", async () => {
      await new tf.Graph().asDefault(async () => {
        const x = tf.placeholder("float32", [2]);
        const y = x.mul(2);
        await using session = new tf.Session({ backend });
        const data = Float32Array.of(1, 2);
        const first = session.run(y, [[x, data]]);
        const second = session.run(y, [[x, data]]);
        data.fill(100);
        assert.deepEqual(
          [(await first).toArray(), (await second).toArray()],
          [
            [2, 4],
            [2, 4],
          ],
        );
      });
    });

    test("what is fed may be changed while another session's run holds the backend", async () => {
      await new tf.Graph().asDefault(async () => {
        const x = tf.placeholder("float32", [2]);
        const y = x.mul(2);
        await using one = new tf.Session({ backend });
        await using two = new tf.Session({ backend });
        const data = Float32Array.of(1, 2);
        await one.run(y, [[x, data]]);
        await two.run(y, [[x, data]]);
        const first = one.run(y, [[x, data]]);
        const second = two.run(y, [[x, data]]);
        data.fill(100);
        assert.deepEqual(
          [(await first).toArray(), (await second).toArray()],
          [
            [2, 4],
            [2, 4],
          ],
        );
      });
    });

    test("constants keep the numbers they were made from", async () => {
      await new tf.Graph().asDefault(async () => {
        const array = new tf.NDArray("float32", [2], Float32Array.of(1, 2));
        const sum = tf.constant(array).add(array);
        array.data.fill(9);
        await using session = new tf.Session({ backend });
        assert.deepEqual((await session.run(sum)).toArray(), [2, 4]);
      });
    });

    test("the same seed gives the same numbers, a random op new ones in each run", async () => {
      const draw = (): Promise<tf.NDArray[]> =>
        new tf.Graph().asDefault(async () => {
          tf.setRandomSeed(7);
          const x = tf.randomUniform([1000]);
          await using session = new tf.Session({ backend });
          return [await session.run(x), await session.run(x)];
        });
      const [first, second] = await draw();
      const [again] = await draw();
      assert.deepEqual(first!.data, again!.data);
      assert.notDeepEqual(first!.data, second!.data);
    });

    test("explain lists the steps, with times when it measures", async () => {
      await new tf.Graph().asDefault(async () => {
        const x = tf.placeholder("float32", [4, 4], { name: "x" });
        const y = tf.matmul(x, x);
        await using session = new tf.Session({ backend });
        const feeds = [[x, new Float32Array(16).fill(1)]] as const;
        const explained = await session.explain(y, feeds, { profile: true });
        assert.equal(explained.steps[0]?.op.includes("MatMul"), true);
        assert.equal(explained.totals.flops, 128);
        assert.ok((explained.steps[0]?.milliseconds ?? -1) >= 0);
        assert.match(explained.text, /MatMul/);
        assert.ok(explained.trace !== null && explained.trace.traceEvents.length > 0);
        assert.equal((await session.explain(y, feeds)).trace, null);
      });
    });
  });
}
