import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import * as augment from "../../../src/data/augment/index.ts";
import type { ImageSource } from "../../../src/data/image.ts";
import { serializeNpz } from "../../../src/data/formats/npz.ts";
import { NDArray } from "../../../src/core/ndarray.ts";
import { shapes } from "../../../src/data/shapes/index.ts";
import { inMemory, subset } from "../../../src/data/sources.ts";
import { openImageFolder } from "../../../src/node/data/image-folder.ts";
import { contactSheet, inspectImages } from "../../../src/node/data/inspect-images.ts";
import { loadImages, type LoadImagesOptions } from "../../../src/node/data/load-images.ts";
import { makeShapes } from "../../../src/node/data/make-shapes.ts";
import { openImageData } from "../../../src/node/data/open-image-data.ts";
import { presets } from "../../../src/data/presets.ts";

const transforms = [
  augment.randomResizedCrop(16),
  augment.randomFlip(),
  augment.colorJitter({ brightness: 0.4, hue: 0.1 }),
  augment.pcaJitter(),
  augment.normalize({ mean: 128, deviation: 64 }),
];

describe("pictures in files", () => {
  let root = "";
  let folder = "";
  before(async () => {
    root = await mkdtemp(join(tmpdir(), "millrace-load-"));
    folder = join(root, "shapes");
    await makeShapes(folder, { size: 24, train: 3, validation: 1, test: 1 });
  });
  after(() => rm(root, { recursive: true }));

  /** Numbers that tell two epochs apart by any bit. */
  async function twoEpochs(source: ImageSource, options: Partial<LoadImagesOptions>): Promise<unknown[]> {
    await using batches = loadImages(source, { batchSize: 7, transforms, shuffle: true, seed: 3, ...options });
    const seen: unknown[] = [];
    for (let epoch = 0; epoch < 2; epoch++) {
      for await (const batch of batches) {
        seen.push([
          [...batch.indices],
          [...batch.labels],
          Buffer.from(batch.images.slice().buffer).toString("base64"),
          batch.targets === undefined ? null : [...batch.targets],
        ]);
        batch.release();
      }
    }
    return seen;
  }

  test("the same bits with no, one, two and three threads, and however far ahead", async () => {
    const { train } = await openImageFolder(folder);
    const memory = await inMemory(train);
    const sources: Record<string, ImageSource> = {
      files: train,
      memory,
      generated: shapes({ size: 24, count: 20 }),
      subset: subset(memory, [3, 5, 7, 11, 13, 17, 19, 23]),
    };
    for (const [name, source] of Object.entries(sources)) {
      const expected = await twoEpochs(source, { workers: 0, mix: augment.cutmix() });
      const choices = name === "files" ? [1, 2, 3] : [2];
      for (const workers of choices) {
        assert.deepEqual(
          await twoEpochs(source, { workers, prefetch: workers + 1, mix: augment.cutmix() }),
          expected,
          `${name}, ${workers} threads`,
        );
      }
    }
  });

  test("a broken file is reported by name once, left out, and ends a strict run", async () => {
    const broken = join(folder, "val", "ring", "000000.jpg");
    await writeFile(broken, "no picture");
    try {
      const { validation } = await openImageFolder(folder);
      const reports: string[] = [];
      await using batches = loadImages(validation, {
        batchSize: 4,
        transforms,
        workers: 1,
        onBroken: ({ name, reason }) => reports.push(`${name}: ${reason}`),
      });
      let pictures = 0;
      for (let epoch = 0; epoch < 2; epoch++) for await (const { size } of batches) pictures += size;
      assert.equal(pictures, 20);
      assert.deepEqual(reports, [`${broken}: it is no JPEG, PNG, WebP, GIF, TIFF or AVIF, whatever its name says.`]);
      await using strict = loadImages(validation, { batchSize: 11, transforms, workers: 1, strict: true });
      await assert.rejects(strict.next(), { name: "FormatError" });
      const report = await inspectImages(validation);
      assert.deepEqual(
        [report.readable, report.broken.length, report.shortSide],
        [10, 1, { min: 24, median: 24, max: 24 }],
      );
      assert.deepEqual(report.perClass, Array(10).fill(1));
    } finally {
      await rm(broken);
    }
  });

  test("closing ends the threads, and what was asked for fails", async () => {
    const batches = loadImages((await openImageFolder(folder)).train, { batchSize: 4, transforms, workers: 1 });
    await batches.next();
    await batches.close();
    await assert.rejects(
      async () => {
        for (;;) await batches.next();
      },
      { name: "ClosedError" },
    );
  });

  test("make-dataset writes the same files again, and not over others", async () => {
    const again = join(root, "again");
    assert.equal(await makeShapes(again, { size: 24, train: 3, validation: 1, test: 1 }), 50);
    for (const name of ["train/star/000002.jpg", "test/heart/000001.jpg"]) {
      assert.deepEqual(await readFile(join(again, name)), await readFile(join(folder, name)));
    }
    await assert.rejects(makeShapes(again), /no empty folder/);
    assert.deepEqual((await readdir(root)).sort(), ["again", "shapes"]);
  });

  test("a contact sheet has a cell for every sample", async () => {
    const { train } = await openImageFolder(folder);
    const sheet = await contactSheet(train, { preset: presets.torchvision({ size: 20 }), rows: 3, columns: 4 });
    assert.deepEqual([sheet.height, sheet.width, sheet.channels], [3 * 22 + 2, 4 * 22 + 2, 3]);
  });

  test("openImageData: a folder of pictures, and NumPy's arrays", async () => {
    const { classes, train, validation, test: held } = await openImageData(folder);
    assert.deepEqual([classes.length, train.size, validation?.size, held?.size], [10, 30, 10, 10]);
    const file = join(root, "digits.npz");
    const images = (count: number): NDArray =>
      new NDArray(
        "uint8",
        [count, 4, 4],
        Uint8Array.from({ length: count * 16 }, (_, i) => i),
      );
    const labels = (count: number): NDArray =>
      new NDArray(
        "uint8",
        [count],
        Uint8Array.from({ length: count }, (_, i) => i % 3),
      );
    await writeFile(
      file,
      await serializeNpz(
        new Map([
          ["x_train", images(20)],
          ["y_train", labels(20)],
          ["x_test", images(5)],
          ["y_test", labels(5)],
        ]),
      ),
    );
    const digits = await openImageData(file);
    assert.deepEqual(
      [digits.classes, digits.train.size, digits.validation?.size, digits.test?.size],
      [["0", "1", "2"], 18, 2, 5],
    );
    assert.deepEqual([(await digits.test!.get(4)).label, (await digits.test!.get(4)).channels], [1, 1]);
    await rm(file);
    await assert.rejects(openImageData(join(folder, "train", "star", "000001.jpg")), /not known as pictures/);
    await assert.rejects(openImageData(join(root, "absent")), /absent is not there/);
  });
});
