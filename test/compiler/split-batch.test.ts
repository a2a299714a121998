import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compile } from "../../src/compiler/compile.ts";
import * as tf from "../../src/index.ts";
import { opsOf } from "./support/build.ts";
import { randomTraining } from "./support/random-training.ts";
import { largestDifference, train, type Training } from "./support/train.ts";

/** Computes in float64: only the order of sums over the batch may differ. */
const reference = tf.reference();
const wasm = tf.wasm({ threads: 2 });

/** Two convolutions, a pool and a dense layer, of which the parts of the batch need the last one in one piece. */
function network(batch: number): Training {
  const graph = new tf.Graph();
  return graph.asDefault(() => {
    const shape = [batch, 8, 8, 3];
    const images = tf.placeholder("float32", shape);
    const variable = (of: readonly number[], seed: number): tf.Variable =>
      tf.variable(tf.truncatedNormal([...of], { stddev: 0.3, seed }));
    let x: tf.Tensor = images;
    for (const [layer, [from, to]] of [
      [3, 4],
      [4, 4],
    ].entries()) {
      const wx = tf.nn.conv2d(x, variable([3, 3, from!, to!], layer), { padding: "SAME" });
      x = tf.nn.relu(tf.nn.biasAdd(wx, variable([to!], layer + 10)), { name: `layer${layer + 1}` });
    }
    const pool: tf.Tensor = tf.nn.maxPool(x, { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: "VALID" });
    const logits: tf.Tensor = tf.matmul(tf.reshape(pool, [-1, 64]), variable([64, 5], 5));
    const loss = tf.nn.l2Loss(tf.nn.softmax(logits));
    const step = new tf.train.MomentumOptimizer(0.1, 0.9).minimize(loss);
    return {
      graph,
      initialize: [tf.globalVariablesInitializer()],
      fetches: [loss, pool, step],
      feeds: [[images, shape, Float32Array.from({ length: batch * 192 }, (_, index) => Math.sin(index * index))]],
      variables: tf.globalVariables(),
    };
  });
}

describe("splitBatch", () => {
  it("runs what treats images one by one part by part, forward and back, and the rest once", async () => {
    const { plan } = await train(network(7), reference, { parts: 3 });
    const count = (op: string): number => opsOf(plan).filter((other) => other === op).length;
    const counts = ["Conv2D", "MaxPool", "MatMul", "MaxPoolGrad", "Conv2DBackpropFilter", "Softmax"].map(count);
    assert.deepEqual(counts, [6, 3, 3, 3, 6, 1]);
    const sizes = plan.steps.filter(({ op }) => op === "MaxPool").map(({ inputs }) => inputs[0]!.shape[0]);
    assert.deepEqual(sizes, [2, 2, 3]);
    // One part is through before the next begins.
    const forward = plan.steps.map(({ name }) => name).filter((name) => /^(layer|MaxPool).*of3$/.test(name));
    assert.deepEqual(
      forward.map((name) => name.slice(-4)),
      ["1of3", "1of3", "1of3", "2of3", "2of3", "2of3", "3of3", "3of3", "3of3"],
    );
  });

  for (const parts of [2, 3, 7]) {
    it(`computes the same in ${parts} parts, uneven ones too`, async () => {
      const whole = await train(network(7), reference, {}, 3);
      const split = await train(network(7), reference, { parts }, 3);
      assert.ok(largestDifference(whole, split) < 1e-12, `${largestDifference(whole, split)}`);
      const [inOne, inParts] = [await train(network(7), wasm, {}, 3), await train(network(7), wasm, { parts }, 3)];
      assert.ok(largestDifference(inOne, inParts) < 1e-5, `${largestDifference(inOne, inParts)}`);
    });
  }

  it("random nets compute the same", async () => {
    let split = 0;
    for (let seed = 1; seed <= 60; seed++) {
      if (seed % 6 === 0) continue; // The large ones take long.
      const training = randomTraining(seed);
      const whole = await train(training, reference, {}, 1);
      const inParts = await train(training, reference, { parts: 2 }, 1);
      if (inParts.plan.steps.length > whole.plan.steps.length) split++;
      const difference = largestDifference(whole, inParts);
      assert.ok(difference < 1e-9, `net ${seed}: ${difference}`);
    }
    assert.ok(split > 20, `${split} nets were split`);
  });

  it("comes in when computing twice is not enough, and then computes twice as well", async () => {
    const training = network(32);
    const { plan } = await train(training, wasm, {}, 0);
    const arenaLimit = Math.floor(plan.arenaBytes * 0.45);
    const small = (await train(training, wasm, { arenaLimit }, 1)).plan;
    assert.ok(small.arenaBytes <= arenaLimit);
    assert.ok((small.fitting?.parts ?? 1) > 1, JSON.stringify(small.fitting));
  });

  it("a batch of 128 through VGG16 fits beside its variables, in a memory that holds not even three results of its first layer", async () => {
    const { target } = await wasm.open();
    new tf.Graph().asDefault(() => {
      const model = tf.models.vgg16({ training: true });
      const labels = tf.placeholder("int32", [null]);
      const loss = tf.reduceMean(tf.nn.sparseSoftmaxCrossEntropyWithLogits(labels, model.logits));
      const step = new tf.train.MomentumOptimizer(0.01, 0.9).minimize(loss);
      const feeds = [
        { tensor: model.images, shape: [128, 224, 224, 3] },
        { tensor: labels, shape: [128] },
      ];
      const plan = compile({ graph: loss.graph, fetches: [loss, step], feeds, target, options: { verify: true } });
      const variables = plan.buffers.reduce((sum, { place, bytes }) => sum + (place === "variable" ? bytes : 0), 0);
      assert.ok(variables > 2 * 4 * 138e6);
      assert.ok(variables + plan.arenaBytes < 2 ** 32);
      assert.equal(plan.fitting?.parts, 2);
    });
  });
});
