import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import * as tf from "../../src/index.ts";
import { ImageFiles, loadImages, makeShapes } from "../../src/node/index.ts";
import { runOnnx, withoutOnnxRuntime } from "../support/onnx-runtime.ts";
import { millrace } from "./millrace.ts";

const temporary = mkdtempSync(join(tmpdir(), "millrace-export-"));
after(() => rmSync(temporary, { recursive: true }));
const data = join(temporary, "shapes");
const run = join(temporary, "run");
const at = (name: string): string => join(temporary, name);

/** The fields of a protobuf message by their numbers: numbers, and the bytes of all else. */
function fieldsOf(message: Uint8Array): Map<number, (number | Uint8Array)[]> {
  const fields = new Map<number, (number | Uint8Array)[]>();
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    const values = fields.get(number) ?? [];
    if (type === WireType.LengthDelimited) values.push(reader.bytes());
    else if (type === WireType.Varint) values.push(Number(reader.int64()));
    else reader.skip(type);
    fields.set(number, values);
  }
  return fields;
}

const textOf = (value: number | Uint8Array | undefined): string => Buffer.from(value as Uint8Array).toString("utf8");

function within(message: Uint8Array, ...numbers: readonly number[]): Uint8Array {
  return numbers.reduce((inner, number) => fieldsOf(inner).get(number)![0] as Uint8Array, message);
}

/** `images [batch, 1, 28, 28]` of a ValueInfoProto. */
function valueInWords(value: Uint8Array): string {
  const dimensions = (fieldsOf(within(value, 2, 1, 2)).get(1) ?? []).map((dimension) => {
    const [size, name] = [1, 2].map((number) => fieldsOf(dimension as Uint8Array).get(number)?.[0]);
    return size ?? textOf(name);
  });
  return `${textOf(within(value, 1))} [${dimensions.join(", ")}]`;
}

function metadataOf(model: Uint8Array): Map<string, string> {
  const entries = (fieldsOf(model).get(14) ?? []).map((entry) => fieldsOf(entry as Uint8Array));
  return new Map(entries.map((entry) => [textOf(entry.get(1)![0]), textOf(entry.get(2)![0])]));
}

describe("millrace export", () => {
  before(async () => {
    await makeShapes(data, { size: 32, train: 4, validation: 1, test: 2, seed: 1 });
    const settings = ["--model", "lenet5", "--batch-size", "8", "--steps", "4", "--ema", "0.5", "--no-report"];
    const trained = await millrace("train", data, "--out", run, ...settings, "--workers", "0", "--threads", "1");
    assert.equal(trained.code, 0, trained.stderr);
  });

  test("onnx: a free batch, and in its metadata the classes and what pictures go through", async () => {
    const { code, stdout, stderr } = await millrace("export", "--run", run, "--out", at("m.onnx"));
    assert.equal(code, 0, stderr);
    assert.match(stdout, /m\.onnx: lenet5 with the weights of step 4, \d/);
    assert.match(stdout, /^picture {2}shorter side 28, its middle 28 x 28, gray: \(0\.\.255 - 127\.5\) \/ 127\.5$/m);
    const model = readFileSync(at("m.onnx"));
    const graph = fieldsOf(within(model, 7));
    const inWords = (number: number): string[] => graph.get(number)!.map((value) => valueInWords(value as Uint8Array));
    assert.deepEqual(inWords(11), ["images [batch, 1, 28, 28]"]);
    assert.deepEqual(inWords(12), ["logits [batch, 10]", "probabilities [batch, 10]"]);
    const metadata = metadataOf(model);
    assert.deepEqual(JSON.parse(metadata.get("classes")!), [...tf.data.shapeClasses].sort());
    assert.deepEqual([metadata.get("model"), metadata.get("step")], ["lenet5", "4"]);
  });

  test(
    "onnx: what the metadata say is enough to come to predict's probabilities",
    { skip: withoutOnnxRuntime },
    async () => {
      await millrace("export", "--run", run, "--out", at("fed.onnx"));
      const folder = join(data, "test", "star");
      const files = readdirSync(folder).map((name) => join(folder, name));
      const metadata = metadataOf(readFileSync(at("fed.onnx")));
      const classes = JSON.parse(metadata.get("classes")!) as string[];
      const transforms = JSON.parse(metadata.get("preprocessing")!) as tf.data.augment.Transform[];
      const labels = files.map(() => 0);
      const source = new ImageFiles(files, labels, classes, { channels: 1 });
      await using batches = loadImages(source, { batchSize: files.length, transforms, channels: 1, workers: 0 });
      const { images } = (await batches.next())!;
      const pictures = new tf.NDArray("float32", [files.length, 28, 28, 1], new Float32Array(images));
      const { probabilities } = await runOnnx(readFileSync(at("fed.onnx")), pictures);
      const { stdout } = await millrace("predict", ...files, "--run", run, "--top", "10", "--json");
      const predicted = JSON.parse(stdout) as { images: { classes: { name: string; probability: number }[] }[] };
      for (const [row, image] of predicted.images.entries()) {
        for (const { name, probability } of image.classes) {
          const actual = probabilities!.data[row * classes.length + classes.indexOf(name)]!;
          assert.ok(Math.abs(actual - probability) < 1e-5, `${name}: ${actual}, predicted ${probability}`);
        }
      }
    },
  );

  test("safetensors: the averages under the variables' names; train --weights takes it, and the run's checkpoint alike", async () => {
    const file = at("m.safetensors");
    const { code, stderr } = await millrace("export", "--run", run, "--out", file);
    assert.equal(code, 0, stderr);
    const { tensors, metadata } = tf.formats.parseSafetensors(readFileSync(file));
    const [checkpoint] = readdirSync(join(run, "checkpoints"));
    const { variables } = tf.train.parseCheckpoint(readFileSync(join(run, "checkpoints", checkpoint!)));
    assert.equal(tensors.size, 10);
    for (const [name, { data: values }] of tensors) assert.deepEqual(values, variables.get(`${name}/ema`)!.data, name);
    assert.equal((JSON.parse(metadata.get("classes")!) as string[]).length, 10);

    for (const weights of [file, join(run, "checkpoints", checkpoint!)]) {
      const out = mkdtempSync(at("fine-"));
      const options = ["--model", "lenet5", "--batch-size", "8", "--steps", "1", "--no-report", "--keep-head"];
      const fine = await millrace(
        "train",
        data,
        "--out",
        out,
        ...options,
        "--weights",
        weights,
        "--learning-rate",
        "1e-30",
      );
      assert.equal(fine.code, 0, fine.stderr);
      assert.ok(fine.stdout.includes(`${weights}: 10 variables loaded; all layers`), fine.stdout);
      const [kept] = readdirSync(join(out, "checkpoints"));
      const begun = tf.train.parseCheckpoint(readFileSync(join(out, "checkpoints", kept!))).variables;
      assert.deepEqual(begun.get("conv1/weights")!.data, tensors.get("conv1/weights")!.data);
    }
  });

  test("a file of that name is replaced", async () => {
    writeFileSync(at("old.onnx"), "old");
    const { code } = await millrace("export", "--run", run, "--out", at("old.onnx"));
    assert.equal(code, 0);
    assert.ok(readFileSync(at("old.onnx")).length > 100_000);
    assert.deepEqual(
      readdirSync(temporary).filter((name) => name.endsWith(".tmp")),
      [],
    );
  });

  const wrong: Readonly<Record<string, [args: string[], code: number, says: RegExp]>> = {
    "no such run": [["--run", at("none"), "--out", at("x.onnx")], 1, /there is no training run in .*none\.\n {2}fix: /],
    "an unknown ending": [
      ["--run", run, "--out", at("x.pt")],
      2,
      /--out .*x\.pt: pass .* ends in \.onnx or \.safetensors\./,
    ],
    "no such folder": [
      ["--run", run, "--out", at("none/x.onnx")],
      2,
      /--out .*x\.onnx: the folder .*none is not there/,
    ],
    "a folder in its place": [["--run", run, "--out", at("folder.onnx")], 1, /EISDIR.*\n {2}fix: /],
  };
  for (const [name, [args, expected, says]] of Object.entries(wrong)) {
    test(`refused: ${name}`, async () => {
      mkdirSync(at("folder.onnx"), { recursive: true });
      const { code, stderr } = await millrace("export", ...args);
      assert.match(stderr, says);
      assert.equal(code, expected);
    });
  }
});
