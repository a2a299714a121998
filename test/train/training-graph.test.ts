import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "../../src/index.ts";
import { buildTrainingGraph, type TrainingGraph, type TrainingGraphOptions } from "../../src/train/training-graph.ts";
import { referenceBackend } from "../support/backends.ts";

const START = [
  [0.5, -0.5],
  [0.25, 1],
];
const BIAS = [0.1, -0.2];
const IMAGES = [
  [1, 2],
  [3, -1],
  [0.5, 0.5],
];
const LABELS = [0, 1, 1];

/** Logits x W + b: gradients by hand. */
const linear: tf.train.BuildNetwork = ({ images }) => {
  const x = tf.layers.flatten(images);
  return tf.layers.dense(x, {
    units: 2,
    kernelInitializer: () => tf.constant(START),
    biasInitializer: () => tf.constant(BIAS),
    name: "fc",
  });
};

interface Step {
  readonly targets?: number[][];
  readonly weights?: readonly number[];
}

/** softmax - targets, weighted, averaged; and the loss. */
function byHand({ targets = LABELS.map((label) => [1 - label, label]), weights = [1, 1, 1] }: Step): {
  dW: number[][];
  db: number[];
  loss: number;
} {
  const dW = [
    [0, 0],
    [0, 0],
  ];
  const db = [0, 0];
  let loss = 0;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (const [row, image] of IMAGES.entries()) {
    const logits = [0, 1].map((k) => image[0]! * START[0]![k]! + image[1]! * START[1]![k]! + BIAS[k]!);
    const sum = Math.exp(logits[0]!) + Math.exp(logits[1]!);
    for (const k of [0, 1]) {
      const slope = (weights[row]! * (Math.exp(logits[k]!) / sum - targets[row]![k]!)) / total;
      loss -= (weights[row]! * targets[row]![k]! * (logits[k]! - Math.log(sum))) / total;
      db[k] = db[k]! + slope;
      for (const i of [0, 1]) dW[i]![k] = dW[i]![k]! + slope * image[i]!;
    }
  }
  return { dW, db, loss };
}

async function afterOneStep(
  options: Partial<TrainingGraphOptions>,
  feeds: (graph: TrainingGraph) => (readonly [tf.Tensor, number[][]])[] = () => [],
): Promise<{ W: number[]; b: number[]; loss: number; norm: number }> {
  return new tf.Graph().asDefault(async (graph) => {
    const built = buildTrainingGraph(graph, [1, 1, 2], {
      network: linear,
      optimizer: (rate) => new tf.train.GradientDescentOptimizer(rate),
      ...options,
    });
    await using session = new tf.Session({ backend: referenceBackend });
    await session.run(tf.globalVariablesInitializer());
    const images = IMAGES.map((image) => [[image]]);
    const [loss, norm] = (await session.run(
      [built.loss, built.gradientNorm, ...built.stages],
      [[built.images, images], [built.labels, LABELS], [built.learningRate, 1], ...feeds(built)],
    )) as [tf.NDArray, tf.NDArray];
    const [W, b] = await session.run([built.variables[0]!, built.variables[1]!]);
    return { W: [...W.data], b: [...b.data], loss: loss.item(), norm: norm.item() };
  });
}

function assertClose(actual: readonly number[], expected: readonly number[]): void {
  for (const [index, value] of actual.entries())
    assert.ok(Math.abs(value - expected[index]!) < 1e-7, `${value} is not ${expected[index]}`);
}

/** W - dW with the gradient scaled. */
function stepped(
  start: readonly (readonly number[])[],
  gradient: readonly (readonly number[])[],
  factor = 1,
  decay = 0,
): number[] {
  return start.flatMap((row, i) => row.map((value, j) => value - factor * gradient[i]![j]! - decay * value));
}

describe("training graph", () => {
  test("a step of gradient descent by hand", async () => {
    const { W, b, loss, norm } = await afterOneStep({});
    const expected = byHand({});
    assertClose([loss, norm], [expected.loss, Math.hypot(...expected.dW.flat(), ...expected.db)]);
    assertClose(W, stepped(START, expected.dW));
    assertClose(b, stepped([BIAS], [expected.db]));
  });

  test("weight decay: of weights, not of biases", async () => {
    const { W, b } = await afterOneStep({ weightDecay: 0.1 });
    const { dW, db } = byHand({});
    assertClose(W, stepped(START, dW, 1, 0.1));
    assertClose(b, stepped([BIAS], [db]));
  });

  test("clipping scales all gradients by one factor", async () => {
    const { W, b, norm } = await afterOneStep({ clipNorm: 0.1 });
    const { dW, db } = byHand({});
    assertClose(W, stepped(START, dW, 0.1 / norm));
    assertClose(b, stepped([BIAS], [db], 0.1 / norm));
  });

  test("label smoothing", async () => {
    const targets = LABELS.map((label) => [0, 1].map((k) => 0.8 * (k === label ? 1 : 0) + 0.1));
    const { W, loss } = await afterOneStep({ labelSmoothing: 0.2 });
    const expected = byHand({ targets });
    assertClose([loss, ...W], [expected.loss, ...stepped(START, expected.dW)]);
  });

  test("class weights, the mean weighted by them as in PyTorch", async () => {
    const { W, loss } = await afterOneStep({ classWeights: [2, 0.5] });
    const expected = byHand({ weights: [2, 0.5, 0.5] });
    assertClose([loss, ...W], [expected.loss, ...stepped(START, expected.dW)]);
  });

  test("mixed images: targets are fed in place of those made of labels", async () => {
    const targets = [
      [0.3, 0.7],
      [1, 0],
      [0.5, 0.5],
    ];
    const { W, loss } = await afterOneStep({}, (graph) => [[graph.targets, targets]]);
    const expected = byHand({ targets });
    assertClose([loss, ...W], [expected.loss, ...stepped(START, expected.dW)]);
  });

  test("regularization terms of layers are in the loss", async () => {
    const network: tf.train.BuildNetwork = ({ images }) =>
      tf.layers.dense(tf.layers.flatten(images), {
        units: 2,
        kernelInitializer: () => tf.constant(START),
        biasInitializer: () => tf.constant(BIAS),
        kernelRegularizer: tf.layers.l2Regularizer(0.1),
      });
    const { W, loss } = await afterOneStep({ network });
    const { dW, loss: plain } = byHand({});
    assertClose(
      [loss, ...W],
      [plain + 0.05 * START.flat().reduce((sum, w) => sum + w * w, 0), ...stepped(START, dW, 1, 0.1)],
    );
  });

  test("three batches a step are one step on their mean; averages follow the weights", async () => {
    await new tf.Graph().asDefault(async (graph) => {
      const built = buildTrainingGraph(graph, [1, 1, 2], {
        network: linear,
        optimizer: (rate) => new tf.train.GradientDescentOptimizer(rate),
        accumulate: 3,
        ema: 0.75,
      });
      await using session = new tf.Session({ backend: referenceBackend });
      await session.run(tf.globalVariablesInitializer());
      await session.run(built.start!);
      assert.equal(built.stages.length, 3);
      for (const [row, stage] of built.stages.entries()) {
        await session.run(stage, [
          [built.images, [[[IMAGES[row]!]]]],
          [built.labels, [LABELS[row]!]],
          [built.learningRate, 1],
        ]);
      }
      const [weights] = built.variables;
      const average = built.averages.get(weights!);
      const [W, mean] = await session.run([weights!, average!]);
      const expected = stepped(START, byHand({}).dW);
      assertClose([...W.data], expected);
      assertClose(
        [...mean.data],
        expected.map((value, index) => 0.75 * START.flat()[index]! + 0.25 * value),
      );
    });
  });
});
