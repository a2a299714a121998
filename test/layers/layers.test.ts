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

  test("layers belong to the graph of their input, whichever is the default one", async () => {
    const graph = new tf.Graph();
    const x: tf.Tensor = graph.asDefault(() => tf.placeholder("float32", [null, 4, 4, 2], { name: "x" }));
    const before = tf.getDefaultGraph().operations.length;
    let y = tf.layers.conv2d(x, { filters: 3, kernelSize: 3, kernelRegularizer: tf.layers.l2Regularizer(0.1) });
    y = tf.layers.maxPooling2d(tf.layers.batchNormalization(y, { training: true }), { poolSize: 2 });
    y = tf.layers.dropout(tf.layers.flatten(y), { training: true });
    y = tf.layers.dense(y, { units: 2, activation: (sum) => sum.add(tf.ones([2])) });
    assert.equal(y.graph, graph);
    assert.equal(tf.globalVariables(graph).length, 8);
    assert.equal(tf.layers.regularizationLoss(graph).graph, graph);
    assert.equal(tf.getDefaultGraph().operations.length, before);
    await using session = new tf.Session({ graph, backend: referenceBackend });
    await session.run(tf.globalVariablesInitializer(graph));
    assert.deepEqual((await session.run(y, { x: new Float32Array(64) })).shape, [2, 2]);
  });
});

/** What JavaScript lets through. */
describe("layers refuse", () => {
  const wrong: Readonly<Record<string, [(x: tf.Tensor, isTraining: never) => unknown, RegExp]>> = {
    "a tensor as training, which would always be true: batchNormalization": [
      (x, training) => tf.layers.batchNormalization(x, { training }),
      /layers\.batchNormalization: training is Tensor\("[^]*reuseVariables/,
    ],
    "a tensor as training: dropout": [
      (x, training) => tf.layers.dropout(x, { training }),
      /layers\.dropout: training is Tensor\("[^]*placeholder as its rate/,
    ],
    "1 as training": [
      (x) => tf.layers.dropout(x, { training: 1 as never }),
      /layers\.dropout: training is 1, not true or false/,
    ],
    "a tensor as training: models": [(_x, training) => tf.models.lenet5({ training }), /lenet5: training is Tensor\("/],
    "true in the place of the options: batchNormalization": [
      (x) => tf.layers.batchNormalization(x, true as never),
      /layers\.batchNormalization[^]*options/,
    ],
    "a number in the place of the options: dense": [(x) => tf.layers.dense(x, 10 as never), /layers\.dense[^]*options/],
    "a number in the place of the options: conv2d": [
      (x) => tf.layers.conv2d(x, 8 as never),
      /layers\.conv2d[^]*options/,
    ],
    "a number in the place of the options: dropout": [
      (x) => tf.layers.dropout(x, 0.5 as never),
      /layers\.dropout[^]*options/,
    ],
    "a number in the place of the options: maxPooling2d": [
      (x) => tf.layers.maxPooling2d(x, 2 as never),
      /layers\.maxPooling2d[^]*options/,
    ],
    "a name in the place of the options: flatten": [
      (x) => tf.layers.flatten(x, "flat" as never),
      /layers\.flatten[^]*options/,
    ],
    "no options: dense": [(x) => tf.layers.dense(x, undefined as never), /layers\.dense[^]*options/],
    "a list as the input": [
      (_x) => tf.layers.dense([[1]] as never, { units: 1 }),
      /layers\.dense: the input is \[\[1\]\]/,
    ],
    "no units": [(x) => tf.layers.dense(x, {} as never), /layers\.dense: units is undefined/],
    "units=0": [(x) => tf.layers.dense(x, { units: 0 }), /layers\.dense: units is 0/],
    "no filters": [
      (x) => tf.layers.conv2d(x, { kernelSize: 3 } as never),
      /layers\.conv2d: filters is undefined[^]*\{ filters: \.\.\. \}/,
    ],
    "no kernelSize": [(x) => tf.layers.conv2d(x, { filters: 1 } as never), /layers\.conv2d: kernelSize is undefined/],
    "kernelSize=[3, 1.5]": [
      (x) => tf.layers.conv2d(x, { filters: 1, kernelSize: [3, 1.5] }),
      /layers\.conv2d: kernelSize is 1\.5/,
    ],
    "kernelSize=[3]": [
      (x) => tf.layers.conv2d(x, { filters: 1, kernelSize: [3] as never }),
      /layers\.conv2d: kernelSize is \[3\]/,
    ],
    'strides="2"': [
      (x) => tf.layers.conv2d(x, { filters: 1, kernelSize: 1, strides: "2" as never }),
      /layers\.conv2d: strides is "2"/,
    ],
    "no poolSize": [
      (x) => tf.layers.averagePooling2d(x, {} as never),
      /layers\.averagePooling2d: poolSize is undefined/,
    ],
  };
  for (const [title, [build, message]] of Object.entries(wrong)) {
    test(title, () => {
      new tf.Graph().asDefault(() => {
        const x = tf.placeholder("float32", [null, 4, 4, 2]);
        const isTraining = tf.placeholder("bool", []) as never;
        assert.throws(
          () => build(x, isTraining),
          (error) => error instanceof tf.ValueError && message.test(error.message),
        );
        assert.equal(tf.globalVariables().length, 0);
      });
    });
  }
});
