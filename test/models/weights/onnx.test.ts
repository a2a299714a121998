import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "../../../src/index.ts";
import { encodeOnnx } from "../../../src/node/index.ts";
import { runOnnx, withoutOnnxRuntime } from "../../support/onnx-runtime.ts";
import { logitsOf, narrowNet, withNet } from "./narrow-nets.ts";

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  const largest = Math.max(...Array.from(expected, Math.abs));
  assert.equal(actual.length, expected.length, what);
  for (let index = 0; index < expected.length; index++) {
    assert.ok(
      Math.abs(actual[index]! - expected[index]!) <= 1e-5 * largest,
      `${what} ${index}: ${actual[index]}, expected ${expected[index]}`,
    );
  }
}

/** A model with random weights, here and there. */
async function compare(model: tf.models.Model, size: number): Promise<void> {
  await using session = new tf.Session();
  await session.run(tf.globalVariablesInitializer());
  const channels = model.images.shape[3] as number;
  const images = new tf.NDArray(
    "float32",
    [3, size, size, channels],
    Float32Array.from({ length: 3 * size * size * channels }, (_, i) => Math.sin(i * i)),
  );
  const expected = await session.run({ logits: model.logits, probabilities: model.probabilities }, [
    [model.images, images],
  ]);
  const actual = await runOnnx(encodeOnnx(await tf.models.toOnnx(session, model)), images);
  assertClose(actual["logits"]!.data, expected.logits.data, "logits");
  assertClose(actual["probabilities"]!.data, expected.probabilities.data, "probabilities");
}

describe("onnx, run by onnxruntime-node", { skip: withoutOnnxRuntime }, () => {
  for (const name of ["vgg11", "vgg11_bn", "alexnet"] as const) {
    test(`${name} of torchvision, narrow: the same logits, from a batch of any size`, async () => {
      const net = narrowNet(name);
      await withNet(net, async (model, session) => {
        await tf.models.loadWeights(session, model, net.weights);
        const file = encodeOnnx(await tf.models.toOnnx(session, model));
        const { logits } = await runOnnx(file, net.images);
        assertClose(logits!.data, (await logitsOf(net, model, session)).data, name);
        assertClose(logits!.data, net.logits.flat(), `${name} of PyTorch`);
      });
    });
  }

  test("lenet5: average pools and tanh", async () => {
    await new tf.Graph().asDefault(() => compare(tf.models.lenet5(), 28));
  });

  test("the notes' alexnet, narrow: local response normalization and SAME padding", async () => {
    const { alexnet } = tf.models.architectures;
    const features = alexnet.features.map((layer) =>
      layer.kind === "conv" ? { ...layer, outChannels: layer.outChannels / 16 } : layer,
    );
    await new tf.Graph().asDefault(() =>
      compare(tf.models.buildModel({ ...alexnet, features, dense: [24], classes: 7 }, { imageSize: 99 }), 99),
    );
  });
});

describe("onnx", () => {
  test("dropout is left out; batch normalization in training is refused", async () => {
    await new tf.Graph().asDefault(async () => {
      const model = tf.models.buildModel({ ...tf.models.architectures.lenet5, dropout: true }, { training: true });
      await using session = new tf.Session();
      await session.run(tf.globalVariablesInitializer());
      const { nodes } = await tf.models.toOnnx(session, model);
      assert.deepEqual([...new Set(nodes.map(({ type }) => type))].sort(), [
        "AveragePool",
        "Conv",
        "Flatten",
        "Gemm",
        "Identity",
        "Softmax",
        "Tanh",
      ]);
    });
    await new tf.Graph().asDefault(async () => {
      const model = tf.models.lenet5({ normalization: "batch", training: true });
      await using session = new tf.Session();
      await session.run(tf.globalVariablesInitializer());
      await assert.rejects(
        tf.models.toOnnx(session, model),
        /FusedBatchNorm "conv1\/FusedBatchNorm".*\n[\s\S]*training: false/,
      );
    });
  });

  test("alpha of local response normalization is multiplied by the window", async () => {
    await new tf.Graph().asDefault(async () => {
      const images: tf.Tensor = tf.placeholder("float32", [null, 4, 4, 8]);
      const y: tf.Tensor = tf.nn.lrn(images, { depthRadius: 4, alpha: 0.001 / 9, beta: 0.75 });
      await using session = new tf.Session();
      const { nodes, inputs } = await tf.models.toOnnx(
        session,
        { images, logits: y, probabilities: y },
        { outputs: { y } },
      );
      assert.deepEqual(nodes[0]!.attributes, {
        size: { int: 9 },
        alpha: { float: (0.001 / 9) * 9 },
        beta: { float: 0.75 },
        bias: { float: 1 },
      });
      assert.deepEqual(inputs, [{ name: "images", shape: ["batch", 8, 4, 4] }]);
    });
  });

  test("an operation without a counterpart is named", async () => {
    await new tf.Graph().asDefault(async () => {
      const images: tf.Tensor = tf.placeholder("float32", [null, 4, 4, 8]);
      const y: tf.Tensor = tf.floor(images, { name: "odd" });
      await using session = new tf.Session();
      await assert.rejects(
        tf.models.toOnnx(session, { images, logits: y, probabilities: y }, { outputs: { y } }),
        /Floor "odd" cannot be exported/,
      );
    });
  });
});
