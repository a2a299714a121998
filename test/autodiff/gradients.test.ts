import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "../../src/index.ts";
import { referenceBackend } from "../support/backends.ts";

/** Values of tensors built by `build`, x being a placeholder fed with the list. */
async function valuesAt(
  x: readonly number[],
  build: (x: tf.Tensor<[number], "float32">) => readonly (tf.Tensor | null)[],
): Promise<unknown[]> {
  return new tf.Graph().asDefault(async () => {
    const input = tf.placeholder("float32", [x.length]);
    const fetches = build(input);
    await using session = new tf.Session({ backend: referenceBackend });
    const arrays = await session.run(fetches, [[input, [...x]]]);
    return arrays.map((array) => array?.toArray() ?? null);
  });
}

describe("gradients", () => {
  test("a tensor used twice gets the sum of both ways", async () => {
    const [dx] = await valuesAt([3], (x) => tf.gradients(x.mul(x).add(x), [x]));
    assert.deepEqual(dx, [7]);
  });

  test("of a sum of several ys", async () => {
    const [dx] = await valuesAt([2], (x) => tf.gradients([x.mul(3), x.mul(x)], [x]));
    assert.deepEqual(dx, [7]);
  });

  test("null for what no path leads to, even if it is in the graph", async () => {
    const got = await valuesAt([2], (x) => {
      const other = tf.constant([1]);
      return tf.gradients(x.mul(3), [x, other]);
    });
    assert.deepEqual(got, [[3], null]);
  });

  test("of an intermediate tensor", async () => {
    const got = await valuesAt([2], (x) => {
      const middle = x.mul(x);
      return tf.gradients(middle.mul(5), [middle, x]);
    });
    assert.deepEqual(got, [[5], [20]]);
  });

  test("gradYs weigh the ys", async () => {
    const [dx] = await valuesAt([1, 2], (x) => tf.gradients(tf.square(x), [x], { gradYs: [tf.constant([10, 100])] }));
    assert.deepEqual(dx, [20, 400]);
  });

  test("gradYs of null are ones", async () => {
    const [dx] = await valuesAt([1, 2], (x) =>
      tf.gradients([x.mul(3), tf.square(x)], [x], { gradYs: [null, tf.constant([10, 100])] }),
    );
    assert.deepEqual(dx, [23, 403]);
  });

  test("gradYs and stopGradients that do not fit are refused before anything is built", () => {
    new tf.Graph().asDefault((graph) => {
      const x: tf.Tensor = tf.placeholder("float32", [2]);
      const ys = [x.mul(2), x.mul(3)];
      const dy = tf.constant([1, 2]);
      const counts = tf.constant([1, 2], { dtype: "int32", name: "counts" });
      const stranger = new tf.Graph().asDefault(() => tf.constant([1, 2], { name: "stranger" }));
      const isRefused = (options: object, type: typeof tf.MillraceError, ...texts: readonly RegExp[]): void => {
        const before = graph.operations.length;
        assert.throws(
          () => tf.gradients(ys, [x], options),
          (error) => error instanceof type && texts.every((text) => text.test(error.message)),
        );
        assert.equal(graph.operations.length, before);
      };
      isRefused({ gradYs: [dy] }, tf.ValueError, /ys +2 +Mul:0, Mul_1:0/, /gradYs +1/);
      isRefused({ gradYs: [dy, dy, null] }, tf.ValueError, /gradYs +3/);
      isRefused({ gradYs: dy }, tf.ValueError, /gradYs is no list/, /\{ gradYs: \[dy\] \}/);
      isRefused({ gradYs: [dy, 1] }, tf.ValueError, /gradYs\[1\] is 1, not/);
      isRefused({ gradYs: [dy, stranger] }, tf.GraphError, /gradYs\[1\] "stranger:0"/);
      isRefused({ gradYs: [dy, counts] }, tf.DTypeError, /"Mul_1:0" is int32/, /counts:0/);
      isRefused({ gradYs: [dy, tf.zeros([3])] }, tf.ShapeError, /y +\[2\] +Mul_1:0/, /gradY +\[3\]/);
      isRefused({ stopGradients: x }, tf.ValueError, /stopGradients is no list/);
      isRefused({ stopGradients: [null] }, tf.ValueError, /stopGradients\[0\] is null/);
      isRefused({ stopGradients: [stranger] }, tf.GraphError, /stopGradients\[0\] "stranger:0"/);
      isRefused([dy, dy], tf.ValueError, /gradYs/);
    });
  });

  test("stopGradients and stopGradient cut paths", async () => {
    const got = await valuesAt([3], (x) => {
      const a = x.mul(2);
      return [...tf.gradients(a.mul(x), [x], { stopGradients: [a] }), ...tf.gradients(tf.stopGradient(a).mul(x), [x])];
    });
    assert.deepEqual(got, [[6], [6]]);
  });

  test("second and third derivatives of x^4", async () => {
    const got = await valuesAt([2], (x) => {
      const [first] = tf.gradients(tf.pow(x, 4), [x]);
      const [second] = tf.gradients(first!, [x]);
      const [third] = tf.gradients(second!, [x]);
      return [first, second, third];
    });
    assert.deepEqual(got, [[32], [48], [48]]);
  });

  test("through unknown batch sizes: the mean divides by what was fed", async () => {
    await new tf.Graph().asDefault(async () => {
      const x = tf.placeholder("float32", [null, 2]);
      const w = tf.variable(tf.constant([[1], [1]]));
      const [dw] = tf.gradients(tf.reduceMean(tf.matmul(x, w)), [w]);
      await using session = new tf.Session({ backend: referenceBackend });
      await session.run(tf.globalVariablesInitializer());
      assert.deepEqual((await session.run(dw!, [[x, [[2, 4]]]])).toArray(), [[2], [4]]);
      assert.deepEqual(
        (
          await session.run(dw!, [
            [
              x,
              [
                [2, 4],
                [4, 0],
              ],
            ],
          ])
        ).toArray(),
        [[3], [2]],
      );
    });
  });

  test("a chain of 20,000 operations does not overflow the stack", async () => {
    await new tf.Graph().asDefault(async () => {
      const x = tf.placeholder("float32", [1]);
      let y: tf.Tensor = x;
      for (let i = 0; i < 20_000; i++) y = y.add(1);
      const [dx] = tf.gradients(y, [x]);
      await using session = new tf.Session({ backend: referenceBackend });
      assert.deepEqual((await session.run(dx!, [[x, [5]]])).toArray(), [1]);
    });
  });

  test("of an integer is an error that names it", () => {
    new tf.Graph().asDefault(() => {
      const x = tf.placeholder("float32", [3], { name: "x" });
      const y = tf.cast(x, "int32", { name: "counts" });
      assert.throws(
        () => tf.gradients(y, [x]),
        (error) => error instanceof tf.GradientError && /counts.*int32/.test(error.message),
      );
    });
  });
});
