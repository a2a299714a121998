import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "../../src/index.ts";

/** What plain JavaScript lets through, each refused with the class and a text of its fix. */
const refused: Record<string, readonly [() => unknown, RegExp]> = {
  "conv2d without options": [
    () => tf.nn.conv2d(tf.zeros([1, 4, 4, 1]), tf.zeros([2, 2, 1, 1]), undefined as never),
    /padding/,
  ],
  "maxPool without options": [() => tf.nn.maxPool(tf.zeros([1, 4, 4, 1]), undefined as never), /ksize/],
  "dropout without options": [() => tf.nn.dropout(tf.zeros([4]), undefined as never), /keepProb/],
  "concat of a tensor": [() => tf.concat(tf.zeros([2]) as never, 0), /\[a, b\]/],
  "cast to float64": [() => tf.cast([1], "float64" as never), /float32, int32/],
  "lrn with NaN": [() => tf.nn.lrn(tf.zeros([1, 2, 2, 3]), { alpha: Number.NaN }), /alpha is a finite number/],
  "a memory limit of NaN": [() => tf.wasm({ memoryLimitBytes: Number.NaN }), /131,072/],
  "minimize without a loss": [
    () => new tf.train.GradientDescentOptimizer(1).minimize(undefined as never),
    /pass the tensor/,
  ],
  "nameScope without a function": [() => tf.nameScope("a", undefined as never), /a function that builds/],
  "asDefault without a function": [() => new tf.Graph().asDefault(undefined as never), /a function that builds/],
};

for (const [title, [run, fix]] of Object.entries(refused)) {
  test(`refused: ${title}`, () => {
    new tf.Graph().asDefault(() => {
      assert.throws(run, (error) => error instanceof tf.ValueError && fix.test(error.message));
    });
  });
}

test("windows of pools: one number, [height, width], or four", () => {
  new tf.Graph().asDefault(() => {
    const images = tf.zeros([1, 6, 6, 2]);
    for (const ksize of [2, [2, 2], [1, 2, 2, 1]] as const) {
      assert.deepEqual(tf.nn.maxPool(images, { ksize, strides: ksize, padding: "VALID" }).shape, [1, 3, 3, 2]);
      assert.deepEqual(tf.nn.avgPool(images, { ksize, strides: 1, padding: "SAME" }).shape, [1, 6, 6, 2]);
    }
  });
});

test("variables have the methods assign, assignAdd, assignSub; minimize takes gradLoss; names of TensorFlow", () =>
  new tf.Graph().asDefault(async () => {
    const v = tf.variable([1, 2]);
    assert.equal(tf.variable([1, 2], { dtype: "int32" }).dtype, "int32");
    const loss = tf.multiply(v, v);
    const train = new tf.train.GradientDescentOptimizer(1).minimize(loss, { gradLoss: tf.constant([0.5, 0.25]) });
    await using session = new tf.Session({ backend: tf.reference() });
    await session.run(tf.globalVariablesInitializer());
    await session.run(train);
    assert.deepEqual((await session.run(v)).toArray(), [0, 1]);
    assert.deepEqual((await session.run(v.assign([4, 8]))).toArray(), [4, 8]);
    assert.deepEqual((await session.run(v.assignAdd([1, 1]))).toArray(), [5, 9]);
    assert.deepEqual((await session.run(v.assignSub([2, 2]))).toArray(), [3, 7]);
    const rest = await session.run([tf.subtract(v, 1), tf.divide(v, 2), tf.negative(v)]);
    assert.deepEqual(
      rest.map((value) => value.toArray()),
      [
        [2, 6],
        [1.5, 3.5],
        [-3, -7],
      ],
    );
  }));
