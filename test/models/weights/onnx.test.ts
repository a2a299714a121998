import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import * as tf from "../../../src/index.ts";
import { encodeOnnx } from "../../../src/node/index.ts";
import { logitsOf, narrowNet, withNet } from "./narrow-nets.ts";

/** What is used of onnxruntime-node. It is one of the benchmarks' peers, installed apart: npm run bench:peers -- --install */
interface OnnxRuntime {
  readonly InferenceSession: {
    create(model: Uint8Array): Promise<{
      run(feeds: Record<string, unknown>): Promise<Record<string, { data: Float32Array; dims: number[] }>>;
    }>;
  };
  readonly Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => unknown;
}

const peers = join(dirname(dirname(dirname(import.meta.dirname))), "bench", "peers", "packages");
const folder = [join(peers, "node_modules"), join(dirname(peers), "node_modules")].find((path) =>
  existsSync(join(path, "onnxruntime-node")),
);
const skip = folder === undefined ? "onnxruntime-node is not installed: npm run bench:peers -- --install" : false;

async function runOnnx(
  file: Uint8Array,
  images: tf.NDArray,
): Promise<Record<string, { data: Float32Array; dims: number[] }>> {
  const { InferenceSession, Tensor } = createRequire(join(folder!, "index.js"))("onnxruntime-node") as OnnxRuntime;
  const session = await InferenceSession.create(file);
  const [batch, height, width, channels] = images.shape as [number, number, number, number];
  const nchw = new Float32Array(images.size);
  for (let b = 0; b < batch; b++) {
    for (let cell = 0; cell < height * width; cell++) {
      for (let c = 0; c < channels; c++)
        nchw[(b * channels + c) * height * width + cell] = images.data[(b * height * width + cell) * channels + c]!;
    }
  }
  return session.run({ images: new Tensor("float32", nchw, [batch, channels, height, width]) });
}

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

describe("onnx, run by onnxruntime-node", { skip }, () => {
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
