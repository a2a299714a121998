/**
 * npm run prove:preprocessing
 *
 * Picture files of many sizes and kinds become the tensor that torchvision makes of them (Debian's python3-torchvision):
 * Resize(256), CenterCrop(224), ToTensor, Normalize. Not one value may differ, at the edges of resizing neither.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "../../../src/index.ts";
import { ImageFiles } from "../../../src/node/index.ts";

/** In the units of the tensor, whose values are divided by about 0.225: far less than a 255th. */
const ROUNDING = 2e-6;
/** A 255th, divided by the smallest deviation. */
const STEP = 1 / 255 / 0.224;

const folder = mkdtempSync(join(tmpdir(), "millrace-preprocessing-"));
const python = (step: string): void =>
  void execFileSync("/usr/bin/python3", [join(import.meta.dirname, "preprocess.py"), step, folder], {
    stdio: "inherit",
  });
try {
  python("make");
  const names = readdirSync(folder).sort();
  python("read");
  const source = new ImageFiles(
    names.map((name) => join(folder, name)),
    names.map(() => 0),
    ["any"],
  );
  const { evaluate: transforms } = tf.data.torchvision();
  const batches = new tf.data.ImageBatches(source, { batchSize: 1, transforms });
  let exact = 0;
  for await (const { images, indices } of batches) {
    const name = names[indices[0]!]!;
    const expected = tf.formats.parseNpy(readFileSync(join(folder, `${name}.npy`))).data;
    let [worst, different] = [0, 0];
    for (const [at, value] of images.entries()) {
      const difference = Math.abs(value - expected[(at % 3) * 224 * 224 + Math.floor(at / 3)]!);
      worst = Math.max(worst, difference);
      if (difference > ROUNDING) different++;
    }
    if (different === 0) exact++;
    else
      console.log(
        `${name}: ${different} of ${images.length} values differ, by up to ${(worst / STEP).toFixed(2)} / 255`,
      );
  }
  console.log(`${exact} of ${names.length} pictures: every value the same, to float32's rounding`);
  assert.equal(exact, names.length);
} finally {
  rmSync(folder, { recursive: true });
}
