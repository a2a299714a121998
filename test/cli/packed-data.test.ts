import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import * as tf from "../../src/index.ts";
import { encodeImage, loadImages, openImageData, serializeTfExample } from "../../src/node/index.ts";
import { millrace } from "./millrace.ts";

const temporary = mkdtempSync(join(tmpdir(), "millrace-packed-"));
after(() => rmSync(temporary, { recursive: true }));

const TRAIN = 30;
const TEST = 10;

/** Picture `index` of a set has this label, and pixels that say so. */
const labelOf = (index: number): number => index % 3;
const pixelsOf = (index: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => 40 + 80 * labelOf(index) + ((at * 7) % 5));
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

function idx(dimensions: readonly number[], content: Uint8Array): Buffer {
  const head = Buffer.alloc(4 + 4 * dimensions.length);
  head.set([0, 0, 8, dimensions.length]);
  for (const [index, dimension] of dimensions.entries()) head.writeUInt32BE(dimension, 4 + 4 * index);
  return Buffer.concat([head, content]);
}

/** A member of a tar file, as POSIX's ustar has it. */
function tarMember(name: string, content: Uint8Array): Buffer {
  const head = Buffer.alloc(512);
  head.write(name, 0);
  head.write("0000644\0", 100);
  head.write(`${content.length.toString(8).padStart(11, "0")}\0`, 124);
  head.write("        ", 148);
  head.write("0", 156);
  head.write("ustar\u000000", 257);
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return Buffer.concat([head, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

const png = async (index: number): Promise<Uint8Array> =>
  encodeImage({ pixels: pixelsOf(index, 20 * 24 * 3), height: 20, width: 24, channels: 3 }, { format: "png" });

interface Expected {
  readonly classes: number;
  readonly test: number | undefined;
  readonly shape: readonly [height: number, width: number, channels: number];
}

/** Writes a data set; what it is called by, and what comes out. */
const SETS: Readonly<Record<string, (folder: string) => Promise<Expected & { readonly path: string }>>> = {
  "MNIST, packed": async (folder) => {
    for (const [part, count] of [
      ["train", TRAIN],
      ["t10k", TEST],
    ] as const) {
      const images = Buffer.concat(numbers(count).map((index) => pixelsOf(index, 784)));
      writeFileSync(join(folder, `${part}-images-idx3-ubyte.gz`), gzipSync(idx([count, 28, 28], images)));
      const labels = Uint8Array.from(numbers(count), labelOf);
      writeFileSync(join(folder, `${part}-labels-idx1-ubyte.gz`), gzipSync(idx([count], labels)));
    }
    return { path: folder, classes: 3, test: TEST, shape: [28, 28, 1] };
  },
  MNIST: async (folder) => {
    const images = Buffer.concat(numbers(TRAIN).map((index) => pixelsOf(index, 784)));
    writeFileSync(join(folder, "train-images.idx3-ubyte"), idx([TRAIN, 28, 28], images));
    writeFileSync(join(folder, "train-labels.idx1-ubyte"), idx([TRAIN], Uint8Array.from(numbers(TRAIN), labelOf)));
    return { path: folder, classes: 3, test: undefined, shape: [28, 28, 1] };
  },
  "CIFAR-10": async (folder) => {
    const batch = (indices: readonly number[]): Buffer =>
      Buffer.concat(indices.map((index) => Buffer.from([labelOf(index), ...pixelsOf(index, 3072)])));
    writeFileSync(join(folder, "data_batch_1.bin"), batch(numbers(TRAIN / 2)));
    writeFileSync(join(folder, "data_batch_2.bin"), batch(numbers(TRAIN).slice(TRAIN / 2)));
    writeFileSync(join(folder, "test_batch.bin"), batch(numbers(TEST)));
    return { path: folder, classes: 10, test: TEST, shape: [32, 32, 3] };
  },
  "CIFAR-100": async (folder) => {
    const batch = (count: number): Buffer =>
      Buffer.concat(numbers(count).map((index) => Buffer.from([19, labelOf(index), ...pixelsOf(index, 3072)])));
    writeFileSync(join(folder, "train.bin"), batch(TRAIN));
    writeFileSync(join(folder, "test.bin"), batch(TEST));
    writeFileSync(
      join(folder, "fine_label_names.txt"),
      numbers(100)
        .map((label) => `name${label}\n`)
        .join(""),
    );
    return { path: folder, classes: 100, test: TEST, shape: [32, 32, 3] };
  },
  WebDataset: async (folder) => {
    const path = join(folder, "shard-000000.tar");
    const members = numbers(TRAIN).map(async (index) => [
      tarMember(`${index}.png`, await png(index)),
      tarMember(`${index}.cls`, Buffer.from(`${labelOf(index)}\n`)),
    ]);
    writeFileSync(path, Buffer.concat([...(await Promise.all(members)).flat(), Buffer.alloc(1024)]));
    return { path, classes: 3, test: undefined, shape: [20, 20, 3] };
  },
  TFRecord: async (folder) => {
    const path = join(folder, "train.tfrecord");
    const records = numbers(TRAIN).map(async (index) =>
      tf.formats.serializeTfRecord(
        serializeTfExample(
          new Map<string, Uint8Array[] | BigInt64Array>([
            ["image/encoded", [await png(index)]],
            ["image/class/label", BigInt64Array.of(BigInt(labelOf(index)))],
          ]),
        ),
      ),
    );
    writeFileSync(path, Buffer.concat(await Promise.all(records)));
    return { path, classes: 3, test: undefined, shape: [20, 20, 3] };
  },
};

describe("data sets in packed files: to batches, inspect, train", () => {
  for (const [name, write] of Object.entries(SETS)) {
    test(name, async () => {
      const folder = mkdtempSync(join(temporary, "set-"));
      const { path, classes, shape, test: held } = await write(folder);
      const data = await openImageData(path);
      const validation = TRAIN / 10;
      assert.deepEqual(
        [data.classes.length, data.train.size, data.validation?.size, data.test?.size],
        [classes, TRAIN - validation, validation, held],
      );
      const transforms = [tf.data.augment.resize(shape[0]), tf.data.augment.centerCrop(shape[0])];
      await using batches = loadImages(data.train, { batchSize: 8, transforms, workers: 1, shuffle: true });
      const batch = (await batches.next())!;
      assert.deepEqual(batch.shape, [8, ...shape]);
      const length = shape[0] * shape[1] * shape[2];
      for (const [row, label] of batch.labels.entries()) {
        const values = batch.images.subarray(row * length, (row + 1) * length);
        assert.ok(
          values.every((value) => Math.abs(value - (42 + 80 * label)) <= 2),
          `row ${row} of class ${label}`,
        );
      }

      const inspected = await millrace("inspect", path, "--json");
      assert.equal(inspected.code, 0, inspected.stderr);
      const report = JSON.parse(inspected.stdout) as { parts: { train: { readable: number; broken: unknown[] } } };
      assert.deepEqual([report.parts.train.readable, report.parts.train.broken], [TRAIN - validation, []]);
      const out = mkdtempSync(join(temporary, "run-"));
      const options = ["--model", "lenet5", "--batch-size", "8", "--steps", "1", "--threads", "1", "--workers", "0"];
      const trained = await millrace("train", path, "--out", out, ...options, "--no-report");
      assert.equal(trained.code, 0, trained.stderr);
      assert.match(trained.stdout, /finished: 1 step,/);
    });
  }
});
