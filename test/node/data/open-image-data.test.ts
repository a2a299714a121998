import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { ValueError } from "../../../src/core/errors.ts";
import { NDArray } from "../../../src/core/ndarray.ts";
import { serializeNpz } from "../../../src/data/formats/npz.ts";
import { serializeTfRecord } from "../../../src/data/formats/tf-record.ts";
import type { ImageSource } from "../../../src/data/image.ts";
import { encodeImage } from "../../../src/node/data/encode.ts";
import { inspectImages } from "../../../src/node/data/inspect-images.ts";
import { openImageData } from "../../../src/node/data/open-image-data.ts";
import { serializeTfExample } from "../../../src/node/formats/tf-example.ts";

/** Everything to train on, in the set's order. */
const WHOLE = { validation: 0 };

async function labelsOf(source: ImageSource): Promise<number[]> {
  const labels: number[] = [];
  for (let index = 0; index < source.size; index++) labels.push((await source.get(index)).label);
  return labels;
}

describe("openImageData: the classes that a network knows", () => {
  let root = "";
  before(async () => void (root = await mkdtemp(join(tmpdir(), "millrace-open-"))));
  after(() => rm(root, { recursive: true }));

  async function npz(name: string, labels: readonly number[]): Promise<string> {
    const path = join(root, name);
    const images = new NDArray("uint8", [labels.length, 2, 2], new Uint8Array(4 * labels.length));
    const y = new NDArray("int32", [labels.length], Int32Array.from(labels));
    const held = new NDArray("uint8", [1, 2, 2], new Uint8Array(4));
    const arrays = { x_train: images, y_train: y, x_test: held, y_test: new NDArray("int32", [1], Int32Array.of(1)) };
    await writeFile(path, await serializeNpz(new Map(Object.entries(arrays))));
    return path;
  }

  async function tfRecord(name: string, labels: readonly number[]): Promise<string> {
    const path = join(root, name);
    const picture = await encodeImage(
      { pixels: new Uint8Array(3), height: 1, width: 1, channels: 3 },
      { format: "png" },
    );
    const records = labels.map((label) =>
      serializeTfRecord(
        serializeTfExample(
          new Map<string, Uint8Array[] | BigInt64Array>([
            ["image/encoded", [picture]],
            ["image/class/label", BigInt64Array.of(BigInt(label))],
          ]),
        ),
      ),
    );
    await writeFile(path, Buffer.concat(records));
    return path;
  }

  /** CIFAR-10's second class is automobile, its fourth cat. */
  async function cifar(name: string): Promise<string> {
    const folder = join(root, name);
    await mkdir(folder);
    const record = (label: number): Uint8Array => Uint8Array.of(label, ...new Uint8Array(3072));
    await writeFile(join(folder, "data_batch_1.bin"), Buffer.concat([record(1), record(3)]));
    await writeFile(join(folder, "test_batch.bin"), record(3));
    return folder;
  }

  test("CIFAR-10's are found by name, in every part", async () => {
    const folder = await cifar("cifar");
    const own = (await openImageData(folder)).classes;
    const classes = [...own].reverse();
    const data = await openImageData(folder, { classes, split: WHOLE });
    assert.deepEqual([data.classes, data.train.classes, data.notes], [classes, classes, []]);
    assert.deepEqual([await labelsOf(data.train), await labelsOf(data.test!)], [[8, 6], [6]]);
    await assert.rejects(openImageData(folder, { classes: ["arrow", "circle"] }), (error) => {
      assert.ok(error instanceof ValueError);
      assert.match(error.message, /not trained: airplane, .*\n +known +arrow, circle/);
      return true;
    });
  });

  for (const [name, write] of [
    ["set.npz", npz],
    ["set.tfrecord", tfRecord],
  ] as const) {
    test(`numbers of ${name} are positions, and this is said; more than there are classes are refused`, async () => {
      const path = await write(name, [2, 0, 1]);
      const classes = ["arrow", "circle", "cross"];
      const data = await openImageData(path, { classes, split: WHOLE });
      assert.deepEqual([data.classes, data.train.classes], [classes, classes]);
      assert.deepEqual(await labelsOf(data.train), [2, 0, 1]);
      assert.match(data.notes.join(), /0 as arrow, 1 as circle, 2 as cross/);
      const numbers = await openImageData(path, { classes: ["2", "1", "0"], split: WHOLE });
      assert.deepEqual([await labelsOf(numbers.train), numbers.notes], [[0, 2, 1], []]);
      await assert.rejects(openImageData(path, { classes: ["arrow", "circle"] }), /not trained/);
    });
  }

  test("a label of millions is refused at once; one below zero is that of a broken picture", async () => {
    await assert.rejects(openImageData(await npz("many.npz", [0, 110_000_000])), /label 110000000/);
    await assert.rejects(openImageData(await tfRecord("many.tfrecord", [0, 110_000_000])), /label 110000000/);
    const { train } = await openImageData(await npz("below.npz", [0, -1, 1, 1]), { split: WHOLE });
    const { readable, perClass, broken } = await inspectImages(train);
    assert.deepEqual([readable, perClass], [3, [1, 2]]);
    assert.deepEqual(broken, [{ index: 1, name: "image 1", reason: "its label is -1, the classes are 0 to 1." }]);
  });
});
