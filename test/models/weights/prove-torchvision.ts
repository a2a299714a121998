/**
 * npm run prove:torchvision -- [MODEL ...]
 *
 * Random weights from PyTorch (Debian's python3-torchvision) give the same logits here after import, and the same in
 * PyTorch after export. Default: alexnet, vgg16, vgg16_bn, in full size, for which it takes a few minutes and 3 GB.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "../../../src/index.ts";
import { readWeights } from "../../../src/node/index.ts";

/** Logits of the two may differ by this much. */
const TOLERANCE = 1e-4;

/** How to build what torchvision calls by these names. */
const BUILDERS: Readonly<Record<string, () => tf.models.Model>> = {
  alexnet: () => tf.models.torchvisionAlexnet(),
  vgg11: () => tf.models.vgg11(),
  vgg13: () => tf.models.vgg13(),
  vgg16: () => tf.models.vgg16(),
  vgg16_bn: () => tf.models.vgg16({ normalization: "batch" }),
  vgg19: () => tf.models.vgg19(),
};

/** Not one of a version manager: torchvision is Debian's. */
const PYTHON = "/usr/bin/python3";

/** What `pytorch_weights.py check` says of PyTorch's logits. */
interface Check {
  /** From ours, at most. */
  readonly difference: number;
  readonly largest: number;
  /** Between the classes of one image: a mix-up of weights would show at this scale. */
  readonly spread: number;
}

async function prove(name: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "millrace-torchvision-"));
  const python = (step: string): string =>
    execFileSync(PYTHON, [join(import.meta.dirname, "pytorch_weights.py"), step, name, folder], { encoding: "utf8" });
  const array = (file: string): tf.NDArray => tf.formats.parseNpy(readFileSync(join(folder, file)));
  try {
    python("make");
    return await new tf.Graph().asDefault(async () => {
      const model = BUILDERS[name]!();
      await using session = new tf.Session();
      await tf.models.loadWeights(session, model, await readWeights(join(folder, "weights.safetensors")));
      const logits: tf.NDArray = await session.run(model.logits, [[model.images, array("images.npy")]]);
      const expected = array("logits.npy");
      const imported = Math.max(...expected.data.map((value, index) => Math.abs(value - logits.data[index]!)));
      assert.ok(imported <= TOLERANCE, `${name}: imported logits differ by ${imported}`);
      const exported = await tf.models.exportWeights(session, model, "torchvision");
      writeFileSync(join(folder, "exported.safetensors"), tf.formats.serializeSafetensors(exported));
      writeFileSync(join(folder, "ours.npy"), tf.formats.serializeNpy(logits));
      const { difference, largest, spread } = JSON.parse(python("check")) as Check;
      assert.ok(difference <= TOLERANCE, `${name}: exported logits differ by ${difference}`);
      const ours = `imported ${imported.toExponential(1)}, exported ${difference.toExponential(1)}`;
      return `${name}: largest difference of logits ${ours}; the largest is ${largest.toFixed(3)}, their deviation ${spread.toFixed(3)}`;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const chosen = process.argv.slice(2);
for (const name of chosen.length > 0 ? chosen : ["alexnet", "vgg16", "vgg16_bn"]) console.log(await prove(name));
