import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "../../src/index.ts";
import { referenceBackend } from "../support/backends.ts";

function deviationOf(values: ArrayLike<number>): number {
  const all = Array.from(values);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  return Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length);
}

describe("layers", () => {
  test("shapes and names of a network", () => {
    new tf.Graph().asDefault(() => {
      const images = tf.placeholder("float32", [null, 28, 28, 1]);
      let x: tf.Tensor = tf.layers.conv2d(images, { filters: 6, kernelSize: 5, activation: tf.nn.relu, name: "conv1" });
      assert.deepEqual(x.shape, [null, 28, 28, 6]);
      x = tf.layers.maxPooling2d(x, { poolSize: 2 });
      x = tf.layers.conv2d(x, { filters: 8, kernelSize: [3, 1], strides: [2, 1], padding: "VALID", useBias: false });
      assert.deepEqual(x.shape, [null, 6, 14, 8]);
      x = tf.layers.batchNormalization(x, { training: true });
      x = tf.layers.averagePooling2d(x, { poolSize: 2, strides: 1, padding: "SAME" });
      x = tf.layers.flatten(x);
      assert.deepEqual(x.shape, [null, 672]);
      x = tf.layers.dropout(x, { training: true });
      x = tf.layers.dense(x, { units: 10 });
      assert.deepEqual(x.shape, [null, 10]);
      assert.deepEqual(
        tf.globalVariablesInitializer().controlInputs.map(({ inputs }) => inputs[0]!.op.name),
        [
          "conv1/weights",
          "conv1/biases",
          "conv2d/weights",
          "batch_normalization/gamma",
          "batch_normalization/beta",
          "batch_normalization/moving_mean",
          "batch_normalization/moving_variance",
          "dense/weights",
          "dense/biases",
        ],
      );
      assert.equal(tf.trainableVariables().length, 7);
      assert.equal(tf.layers.updateOps().length, 1);
    });
  });

  const deviations: Readonly<Record<string, [tf.layers.Initializer, number]>> = {
    glorotUniform: [tf.layers.glorotUniform, Math.sqrt(2 / (100 + 300))],
    glorotNormal: [tf.layers.glorotNormal, Math.sqrt(2 / (100 + 300))],
    heUniform: [tf.layers.heUniform, Math.sqrt(2 / 100)],
    heNormal: [tf.layers.heNormal, Math.sqrt(2 / 100)],
    lecunUniform: [tf.layers.lecunUniform, Math.sqrt(1 / 100)],
    lecunNormal: [tf.layers.lecunNormal, Math.sqrt(1 / 100)],
    truncatedNormal: [tf.layers.truncatedNormal(0.1), 0.1 * 0.87962566],
  };
  for (const [name, [initializer, expected]] of Object.entries(deviations)) {
    test(`${name} has its deviation`, async () => {
      await new tf.Graph().asDefault(async () => {
        tf.setRandomSeed(1);
        await using session = new tf.Session({ backend: referenceBackend });
        const { data } = await session.run(initializer([100, 300], 100, 300));
        assert.ok(Math.abs(deviationOf(data) / expected - 1) < 0.02, `${deviationOf(data)} is not ${expected}`);
      });
    });
  }

  test("a second build takes the first one's variables, and adds no term to the loss", () => {
    new tf.Graph().asDefault(() => {
      const images = tf.placeholder("float32", [null, 4]);
      const build = (): tf.Tensor =>
        tf.layers.dense(images, { units: 3, kernelRegularizer: tf.layers.l2Regularizer(0.1), name: "fc" });
      const { variables } = tf.layers.collectVariables(build);
      assert.equal(variables.length, 2);
      const count = tf.trainableVariables().length;
      tf.layers.reuseVariables(variables, build);
      assert.equal(tf.trainableVariables().length, count);
      assert.equal(tf.getDefaultGraph().getCollection("regularization_losses").length, 1);
      assert.throws(
        () => tf.layers.reuseVariables(variables, () => tf.layers.dense(images, { units: 2 })),
        tf.GraphError,
      );
      assert.throws(() => tf.layers.reuseVariables(variables, () => images), tf.GraphError);
      assert.throws(() => tf.layers.reuseVariables(variables, () => [build(), build()]), tf.GraphError);
    });
  });

  test("dropout shares choices along the dimensions that noiseShape says, in training only", async () => {
    await new tf.Graph().asDefault(async () => {
      const images = tf.ones([1, 3, 3, 40]);
      const options = { noiseShape: [null, 1, 1, null] };
      assert.equal(tf.layers.dropout(images, options), images);
      tf.setRandomSeed(2);
      const y = tf.layers.dropout(images, { ...options, training: true });
      await using session = new tf.Session({ backend: referenceBackend });
      const { data } = await session.run(y);
      const first = data.slice(0, 40);
      assert.deepEqual(new Set(first), new Set([0, 2]));
      for (let pixel = 1; pixel < 9; pixel++) assert.deepEqual(data.slice(pixel * 40, (pixel + 1) * 40), first);
    });
  });

  test("unknown channels are refused", () => {
    new tf.Graph().asDefault(() => {
      const x = tf.placeholder("float32", [null, 8, 8, null]);
      assert.throws(() => tf.layers.conv2d(x, { filters: 1, kernelSize: 1 }), tf.ShapeError);
      assert.throws(() => tf.layers.flatten(x), tf.ShapeError);
      assert.throws(() => tf.layers.batchNormalization(x), tf.ShapeError);
    });
  });
});
