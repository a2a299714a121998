import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { models } from "millrace";
import { summaryOf } from "../../cli/commands/summary.ts";
import { millrace } from "./millrace.ts";

/** Parameters as the papers count them, and GFLOP as twice the multiply-adds that others publish for 224 pixels. */
const TOTALS: Readonly<Record<string, { parameters: string; gflop: string }>> = {
  lenet5: { parameters: "61,706", gflop: "0.000833" },
  // 0.714 billion multiply-adds with torchvision's padding, which computes 55x55 where SAME computes 56x56.
  alexnet: { parameters: "61,100,840", gflop: "1.43" },
  // 15.47 billion multiply-adds.
  vgg16: { parameters: "138,357,544", gflop: "30.9" },
};

describe("millrace summary", () => {
  for (const [model, { parameters, gflop }] of Object.entries(TOTALS)) {
    test(`${model}: ${parameters} parameters, ${gflop} GFLOP`, () => {
      const stdout = summaryOf(model as models.ModelName, {}).join("\n");
      assert.match(stdout, new RegExp(`^${parameters} parameters in `, "m"));
      assert.match(stdout, new RegExp(`^for one image: ${gflop} GFLOP, .* of activations$`, "m"));
    });
  }

  test("a line for each layer: shape, parameters, work, bytes", async () => {
    const { code, stdout } = await millrace("summary", "alexnet", "--classes", "10");
    assert.equal(code, 0);
    assert.match(stdout, /^conv2  conv 5x5 SAME, relu, lrn +\[\?, 27, 27, 192\] +307,392 +448 +546\.8 KiB$/m);
    assert.match(stdout, /^pool5  max pool 3x3 \/ 2 +\[\?, 6, 6, 256\] +0 +36\.0 KiB$/m);
    assert.match(stdout, /^fc3    fully connected +\[\?, 10\] +40,970 /m);
  });

  test("batch normalization has a scale and an offset for each channel", () => {
    const lines = summaryOf("vgg11", { normalization: "batch", imageSize: 32 });
    assert.match(lines.join("\n"), /^conv1_1  conv 3x3 SAME, batch norm, relu +\[\?, 32, 32, 64\] +1,920 /m);
  });
});
