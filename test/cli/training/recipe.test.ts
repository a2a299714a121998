import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Command } from "commander";
import { buildNetwork } from "../../../cli/training/network.ts";
import { addTrainOptions, settingsOf, type TrainOptions } from "../../../cli/training/options.ts";
import { optimizerOf, type Settings } from "../../../cli/training/settings.ts";
import * as tf from "../../../src/index.ts";

const SIZE = 64;
const CLASSES = tf.data.shapeClasses.length;

function settingsFor(...typed: string[]): Settings {
  const command = addTrainOptions(new Command("train")).exitOverride();
  command.parse(["--out", "run", "--image-size", String(SIZE), ...typed], { from: "user" });
  return settingsOf("data", command.opts<TrainOptions>());
}

/** The same twenty pictures, two of each class, in one batch. */
async function fitTwenty(settings: Settings, steps: number): Promise<tf.train.StepReport[]> {
  const { normalize } = tf.data.augment;
  const source = tf.data.shapes({ size: SIZE, count: 2 * CLASSES, seed: 1 });
  const transforms = [normalize({ mean: 120, deviation: 60 })];
  const data = new tf.data.ImageBatches(source, { batchSize: 2 * CLASSES, transforms });
  const reports: tf.train.StepReport[] = [];
  await using session = new tf.Session({ graph: new tf.Graph() });
  await tf.train.fit({
    session,
    data,
    network: (inputs) => buildNetwork(settings, CLASSES, inputs),
    optimizer: optimizerOf(settings),
    learningRate: settings.learningRate,
    clipNorm: settings.clipNorm,
    steps,
    seed: 1,
    callbacks: [{ onStep: (report) => void reports.push(report) }],
  });
  return reports;
}

describe("what `millrace train` does when it is told nothing", () => {
  test("AlexNet from random weights: batch normalization and Adam; the paper's and momentum on loaded weights", () => {
    const chosen = ({ normalization, optimizer, learningRate, preset }: Settings): unknown[] => [
      normalization,
      optimizer,
      learningRate,
      preset,
    ];
    assert.deepEqual(chosen(settingsFor()), ["batch", "adam", 0.0003, "alexnet"]);
    assert.deepEqual(chosen(settingsFor("--weights", "x.npz")), [null, "momentum", 0.005, "alexnet"]);
    assert.deepEqual(chosen(settingsFor("--model", "lenet5")), [null, "momentum", 0.05, "plain"]);
    assert.deepEqual(chosen(settingsFor("--model", "torchvision-alexnet")), [null, "adam", 0.0003, "alexnet"]);
    assert.deepEqual(chosen(settingsFor("--normalization", "lrn", "--optimizer", "sgd")), [
      "lrn",
      "sgd",
      0.005,
      "alexnet",
    ]);
  });

  // With He's deviation in the wide fully connected layers these norms were 20 to 100, and nothing was learned.
  for (const normalization of ["batch", "lrn"]) {
    test(`AlexNet's first gradients are of a size to learn by: ${normalization}`, async () => {
      const [first] = await fitTwenty(settingsFor("--normalization", normalization), 1);
      assert.ok(first!.gradientNorm > 0.05 && first!.gradientNorm < 5, `norm ${first!.gradientNorm}`);
      assert.ok(Math.abs(first!.loss - Math.log(CLASSES)) < 0.1, `loss ${first!.loss}`);
    });
  }

  test("AlexNet learns twenty pictures by heart in fifty steps", async () => {
    const last = (await fitTwenty(settingsFor(), 50)).slice(-5);
    const mean = last.reduce((sum, { loss }) => sum + loss, 0) / last.length;
    assert.ok(mean < 0.7, `loss ${mean}`);
  });
});
