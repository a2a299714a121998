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
  vgg16: () => tf.models.vgg16(),
  vgg16_bn: () => tf.models.vgg16({ normalization: "batch" }),
  vgg19: () => tf.models.vgg19(),
};

/** Debian's python3-torchvision is installed for this one. */
const PYTHON = "/usr/bin/python3";

/**
 * Random weights from PyTorch give the same logits here after import, and the same in PyTorch after export; a second
 * import of the export is the same bit by bit.
 */
export async function proveTorchvision(name: string): Promise<{ imported: number; exported: number }> {
  const folder = mkdtempSync(join(tmpdir(), "millrace-torchvision-"));
  const python = (step: string): string =>
    execFileSync(PYTHON, [join(import.meta.dirname, "pytorch_weights.py"), step, name, folder], { encoding: "utf8", maxBuffer: 1 << 24 });
  try {
    python("make");
    const array = (file: string): tf.NDArray => tf.formats.parseNpy(readFileSync(join(folder, file)));
    return await new tf.Graph().asDefault(async () => {
      const model = BUILDERS[name]!();
      await using session = new tf.Session();
      await tf.models.loadWeights(session, model, await readWeights(join(folder, "weights.safetensors")));
      const logits = await session.run(model.logits, [[model.images, array("images.npy")]]);
      const expected = array("logits.npy");
      const imported = logits.data.reduce((worst: number, value, index) => Math.max(worst, Math.abs(value - expected.data[index]!)), 0);
      assert.ok(imported <= TOLERANCE, `${name}: imported logits differ by ${imported}`);
      const exported = await tf.models.exportWeights(session, model, "torchvision");
      writeFileSync(join(folder, "exported.safetensors"), tf.formats.serializeSafetensors(exported));
      writeFileSync(join(folder, "ours.npy"), tf.formats.serializeNpy(logits));
      const { difference } = JSON.parse(python("check")) as { difference: number };
      return { imported, exported: difference };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
