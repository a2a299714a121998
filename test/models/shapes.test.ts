import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "../../src/index.ts";
import { sizeOf } from "../../src/core/shape.ts";

/** Numbers of parameters as the papers and torchvision count them (lenet5: 32 -> 28 pixel version). */
const PARAMETERS: Readonly<Record<string, number>> = {
  lenet5: 61_706,
  alexnet: 61_100_840,
  vgg11: 132_863_336,
  vgg13: 133_047_848,
  vgg16: 138_357_544,
  vgg19: 143_667_240,
};

function parametersOf(model: tf.models.Model): number {
  return model.parameters.reduce((sum, { shape }) => sum + sizeOf(shape as number[]), 0);
}

describe("models", () => {
  for (const [name, count] of Object.entries(PARAMETERS)) {
    test(`${name} has ${count} parameters`, () => {
      new tf.Graph().asDefault(() => {
        const build = tf.models[name as tf.models.ModelName];
        assert.equal(parametersOf(build()), count);
      });
    });
  }

  test("alexnet's layers have the shapes and names the notes print", () => {
    new tf.Graph().asDefault(() => {
      const images = tf.placeholder("float32", [32, 224, 224, 3]);
      const { activations } = tf.models.buildFeatures(images, tf.models.architectures.alexnet, {
        normalization: "lrn",
        training: false,
        initializer: tf.models.notesNormal,
      });
      assert.deepEqual(
        activations.map((tensor) => [tensor.op.name, tensor.shape]),
        [
          ["conv1", [32, 56, 56, 64]],
          ["pool1", [32, 27, 27, 64]],
          ["conv2", [32, 27, 27, 192]],
          ["pool2", [32, 13, 13, 192]],
          ["conv3", [32, 13, 13, 384]],
          ["conv4", [32, 13, 13, 256]],
          ["conv5", [32, 13, 13, 256]],
          ["pool5", [32, 6, 6, 256]],
        ],
      );
    });
  });

  test("weights begin as He says in convolutions, small in fully connected layers; LeNet-5's hidden ones as He says", async () => {
    const deviations = async (build: () => tf.models.Model): Promise<Record<string, number>> => {
      const graph = new tf.Graph();
      const kernels = graph.asDefault(() => build().parameters.filter(({ shape }) => shape.length > 1));
      await using session = new tf.Session({ graph });
      await session.run(graph.asDefault(() => tf.globalVariablesInitializer()));
      const entries = await Promise.all(
        kernels.map(async (kernel) => {
          const data = (await session.run(kernel)).data as Float32Array;
          const squares = data.reduce((sum, value) => sum + value * value, 0);
          return [kernel.op.name.replace("/weights", ""), Math.sqrt(squares / data.length)] as const;
        }),
      );
      return Object.fromEntries(entries);
    };
    const isNear = (actual: number | undefined, expected: number): void =>
      assert.ok(Math.abs(actual! / expected - 1) < 0.1, `${actual} is not about ${expected}`);

    const alexnet = await deviations(() => tf.models.alexnet({ imageSize: 64, classes: 10 }));
    isNear(alexnet["conv2"], Math.sqrt(2 / (25 * 64)));
    // The normal distribution loses an eighth of its deviation where it is cut.
    isNear(alexnet["fc1"], 0.88 * 0.005);
    isNear(alexnet["fc2"], 0.88 * 0.005);
    isNear(alexnet["fc3"], 0.88 * 0.01);
    const lenet5 = await deviations(() => tf.models.lenet5());
    isNear(lenet5["fc1"], Math.sqrt(2 / 400));
    isNear(lenet5["fc3"], 0.88 * 0.01);
  });

  test("vgg16 ends in [batch, 7, 7, 512] and [batch, 1000]", () => {
    new tf.Graph().asDefault(() => {
      const { features, logits } = tf.models.vgg16();
      assert.deepEqual(features.shape, [null, 7, 7, 512]);
      assert.deepEqual(logits.shape, [null, 1000]);
    });
  });

  test("normalizations: lrn after the first two of alexnet, batch after every convolution, none", () => {
    const types = (normalization: tf.models.Normalization): string[] =>
      new tf.Graph().asDefault((graph) => {
        tf.models.alexnet({ normalization, training: true });
        return graph.operations.map(({ type }) => type);
      });
    const count = (list: readonly string[], type: string): number => list.filter((item) => item === type).length;
    assert.deepEqual([count(types("lrn"), "LRN"), count(types("lrn"), "FusedBatchNorm")], [2, 0]);
    assert.deepEqual([count(types("batch"), "LRN"), count(types("batch"), "FusedBatchNorm")], [0, 5]);
    assert.deepEqual([count(types("none"), "LRN"), count(types("none"), "FusedBatchNorm")], [0, 0]);
    assert.equal(count(types("none"), "Dropout"), 2);
  });

  test("networks are built in the graph of their images, whichever is the default one", () => {
    const graph = new tf.Graph();
    const images = graph.asDefault(() => tf.placeholder("float32", [null, 28, 28, 1]));
    const { logits, parameters } = tf.models.lenet5({ images });
    assert.equal(logits.graph, graph);
    assert.equal(tf.trainableVariables(graph).length, parameters.length);
  });

  test("images too small for a convolution are refused, as those too small for a pool", () => {
    new tf.Graph().asDefault(() => {
      const message = /lenet5: images of 4 by 4 are too small[^]*conv2[^]*pool1 +\[\?, 2, 2, 6\][^]*imageSize/;
      assert.throws(
        () => tf.models.lenet5({ imageSize: 4 }),
        (error) => error instanceof tf.ShapeError && message.test(error.message),
      );
      assert.throws(() => tf.models.lenet5({ imageSize: 0 }), /ShapeError: lenet5: images of 0 by 0 are too small/);
    });
  });

  test("images too small for the pools are refused", () => {
    new tf.Graph().asDefault(() => {
      const message = /vgg16: images of 16 by 16 are too small[^]*pool4 +\[\?, 1, 1, 512\][^]*imageSize/;
      assert.throws(
        () => tf.models.vgg16({ imageSize: 16 }),
        (error) => error instanceof tf.ShapeError && message.test(error.message),
      );
    });
  });
});
