import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import * as tf from "../../../src/index.ts";
import { readWeights } from "../../../src/node/index.ts";
import { narrowNet, withNet } from "../../models/weights/narrow-nets.ts";
import { type Datasets, kerasFile } from "../formats/keras-file.ts";

const net = narrowNet("vgg11");

/** Torchvision's weights under other names. */
function exported(naming: tf.models.Naming): Promise<Map<string, tf.NDArray>> {
  return withNet(net, async (model, session) => {
    await tf.models.loadWeights(session, model, net.weights);
    return tf.models.exportWeights(session, model, naming);
  });
}

describe("readWeights", () => {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "millrace-weights-"));
  });
  after(() => rm(folder, { recursive: true }));

  const file = async (name: string, content: Uint8Array): Promise<string> => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };

  /** The naming that a file is recognised by; its weights have to be torchvision's. */
  const namingOf = (path: string): Promise<string> =>
    withNet(net, async (model, session) => {
      const { naming } = await tf.models.loadWeights(session, model, await readWeights(path));
      assert.deepEqual(await tf.models.exportWeights(session, model, "torchvision"), net.weights);
      return naming;
    });

  test("safetensors and npz", async () => {
    assert.equal(
      await namingOf(await file("a.safetensors", tf.formats.serializeSafetensors(net.weights))),
      "torchvision",
    );
    assert.equal(
      await namingOf(await file("a.npz", await tf.formats.serializeNpz(await exported("millrace")))),
      "millrace",
    );
  });

  test("keras: .h5 with layers by name, .weights.h5 with numbers, .keras", async () => {
    const datasets = (arrays: ReadonlyMap<string, tf.NDArray>, path: (name: string) => string): Datasets =>
      Object.fromEntries(
        [...arrays].map(([name, { shape, data }]) => [path(name), [[...shape], Float32Array.from(data)] as const]),
      );
    const keras = await exported("keras");
    const byName = await kerasFile(datasets(keras, (name) => `${name.split("/")[0]}/${name}:0`));
    assert.equal(await namingOf(await file("b.h5", byName)), "keras");
    const whole = await kerasFile(
      datasets(keras, (name) => `model_weights/${name.split("/")[0]}/vgg/${name}:0`),
      { compress: true },
    );
    assert.equal(await namingOf(await file("c.h5", whole)), "keras");
    const numbered = await kerasFile(datasets(await exported("keras-variables"), (name) => name));
    assert.equal(await namingOf(await file("b.weights.h5", numbered)), "keras-variables");
    const archive = await tf.formats.serializeZip(
      new Map([
        ["config.json", new Uint8Array(2)],
        ["model.weights.h5", numbered],
      ]),
      { compress: true },
    );
    assert.equal(await namingOf(await file("b.keras", archive)), "keras-variables");
  });

  test("a damaged file is named; other files are refused", async () => {
    const path = await file("cut.safetensors", tf.formats.serializeSafetensors(net.weights).subarray(0, 5000));
    await assert.rejects(
      readWeights(path),
      (error) => error instanceof tf.FormatError && error.message.startsWith(`${path}: safetensors: the tensors take`),
    );
    await assert.rejects(readWeights("weights.pth"), tf.ValueError);
    await assert.rejects(readWeights(join(folder, "missing.npz")), { code: "ENOENT" });
  });
});
