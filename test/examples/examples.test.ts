import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { ended } from "../cli/millrace.ts";

async function run(name: string, ...args: string[]): Promise<string[]> {
  const file = fileURLToPath(new URL(`../../examples/${name}.ts`, import.meta.url));
  const flags = ["-C", "millrace-source"];
  const { code, stdout, stderr } = await ended(
    spawn(process.execPath, [...flags, file, ...args], { stdio: ["ignore", "pipe", "pipe"] }),
  );
  assert.equal(code, 0, stderr);
  return stdout.trimEnd().split("\n");
}

const small = ["1", "2", "64"];
const timed = (title: string): RegExp[] => [
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d: step 0, duration = \d+\.\d{3}$/,
  new RegExp(`^[\\d-]+ [\\d:]+: ${title} across 2 steps, \\d+\\.\\d{3} \\+/- \\d+\\.\\d{3} sec / batch$`),
];

describe("examples", () => {
  test("fit-plane ends at W = [[0.1 0.2]], b = [0.3]", async () => {
    const lines = await run("fit-plane");
    assert.equal(lines.length, 11);
    const [step, ...values] = (lines.at(-1) ?? "").replaceAll(/[[\]]/g, "").split(" ").map(Number);
    assert.equal(step, 200);
    for (const [index, expected] of [0.1, 0.2, 0.3].entries())
      assert.ok(Math.abs((values[index] ?? 0) - expected) < 1e-3);
  });

  test("alexnet-benchmark prints activations and both timings", async () => {
    const lines = await run("alexnet-benchmark", ...small);
    assert.deepEqual(lines.slice(0, 8), [
      "conv1   [1, 16, 16, 64]",
      "pool1   [1, 7, 7, 64]",
      "conv2   [1, 7, 7, 192]",
      "pool2   [1, 3, 3, 192]",
      "conv3   [1, 3, 3, 384]",
      "conv4   [1, 3, 3, 256]",
      "conv5   [1, 3, 3, 256]",
      "pool5   [1, 1, 1, 256]",
    ]);
    const expected = [...timed("Forward"), ...timed("Forward-backward")];
    assert.equal(lines.length, 8 + expected.length);
    for (const [index, pattern] of expected.entries()) assert.match(lines[8 + index] ?? "", pattern);
  });

  test("vgg16-benchmark has thirteen convolutions and five pools", async () => {
    const lines = await run("vgg16-benchmark", ...small);
    assert.equal(lines.filter((line) => line.startsWith("conv")).length, 13);
    assert.equal(lines.filter((line) => line.startsWith("pool")).length, 5);
    assert.equal(lines[17], "pool5   [1, 2, 2, 512]");
    for (const [index, pattern] of [...timed("Forward"), ...timed("Forward-backward")].entries()) {
      assert.match(lines[18 + index] ?? "", pattern);
    }
  });
});
