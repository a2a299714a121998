import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ended, millrace, start } from "./millrace.ts";

const once = ["--burn-in", "0", "--steps", "1"];
const small = ["--batch-size", "2", "--image-size", "64", ...once];

interface Report {
  readonly model: string;
  readonly batchSize: number;
  readonly imageSize: number;
  readonly threads: number;
  readonly backend: string;
  readonly activations: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly phases: readonly Readonly<Record<string, number | string>>[];
}

async function report(...args: string[]): Promise<Report> {
  const { code, stdout, stderr } = await millrace("bench", ...args, "--json");
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout) as Report;
}

describe("millrace bench", () => {
  test("alexnet has the shapes that the notes print", async () => {
    const { activations, ...rest } = await report("alexnet", ...once);
    assert.deepEqual(
      activations.map(({ name, shape }) => [name, shape]),
      [
        ["conv1", [32, 56, 56, 64]],
        ["pool1", [32, 27, 27, 64]],
        ["conv2", [32, 27, 27, 192]],
        ["pool2", [32, 13, 13, 192]],
        ["conv3", [32, 13, 13, 384]],
        ["conv4", [32, 13, 13, 256]],
        ["conv5", [32, 13, 13, 256]],
        ["pool5", [32, 6, 6, 256]],
      ],
    );
    assert.equal(rest.batchSize, 32);
    assert.equal(rest.imageSize, 224);
  });

  test("--json: one object with what was asked for, seconds throughout", async () => {
    const result = await report("vgg11", ...small, "--steps", "3", "--threads", "1");
    const keys = ["model", "batchSize", "imageSize", "threads", "backend", "activations", "phases"];
    assert.deepEqual(Object.keys(result), keys);
    const { model, batchSize, imageSize, threads, backend, phases } = result;
    assert.deepEqual(
      { model, batchSize, imageSize, threads, backend },
      {
        model: "vgg11",
        batchSize: 2,
        imageSize: 64,
        threads: 1,
        backend: "wasm",
      },
    );
    assert.deepEqual(
      phases.map(({ name }) => name),
      ["forward", "forward-backward"],
    );
    for (const phase of phases) {
      assert.deepEqual(Object.keys(phase), [
        "name",
        "steps",
        "mean",
        "sd",
        "median",
        "min",
        "imagesPerSecond",
        "gflops",
      ]);
      const { steps, mean, sd, median, min, imagesPerSecond, gflops } = phase as Readonly<Record<string, number>>;
      assert.equal(steps, 3);
      assert.ok(min! > 0 && min! <= median! && min! <= mean! && mean! < 60, "0 < min <= mean, in seconds");
      assert.ok(sd! >= 0 && sd! < mean! * Math.sqrt(3), "the deviation of three durations is that of all of them");
      assert.ok(Math.abs(imagesPerSecond! * mean! - 2) < 1e-9);
      assert.ok(gflops! > 0 && gflops! < 1e4);
    }
  });

  test("prints activations, a duration every ten steps, a closing line and the speed, as the notes do", async () => {
    const { stdout, stderr } = await millrace("bench", "alexnet", ...small, "--burn-in", "1", "--steps", "11");
    assert.equal(stderr, "");
    const date = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}`;
    const seconds = String.raw`\d+\.\d{3,6}`;
    const phase = (title: string): string[] => [
      `^${date}: step 0, duration = ${seconds}$`,
      `^${date}: step 10, duration = ${seconds}$`,
      `^${date}: ${title} across 11 steps, ${seconds} \\+/- ${seconds} sec / batch$`,
      String.raw`^[\d.]+ images/s, [\d.]+ GFLOP/s: \d+% of this machine's measured [\d.]+$`,
    ];
    const expected = [
      String.raw`^conv1   \[2, 16, 16, 64\]$`,
      ...["pool1", "conv2", "pool2", "conv3", "conv4", "conv5", "pool5"].map((name) => `^${name}   `),
      "^weights: .* as in the notes$",
      ...phase("Forward"),
      ...phase("Forward-backward"),
    ];
    const lines = stdout.trimEnd().split("\n");
    assert.equal(lines.length, expected.length, stdout);
    for (const [index, pattern] of expected.entries()) assert.match(lines[index] ?? "", new RegExp(pattern));
  });

  test("runs lenet5 on the reference backend, and batch normalization", async () => {
    const reference = await report("lenet5", "--batch-size", "1", ...once, "--backend", "reference");
    assert.deepEqual([reference.backend, reference.threads, reference.imageSize], ["reference", 1, 28]);
    const normalized = await report("alexnet", ...small, "--normalization", "batch");
    assert.equal(normalized.phases.length, 2);
  });

  test("images too small for the pools are refused before anything runs", async () => {
    const { code, stdout, stderr } = await millrace("bench", "alexnet", "--image-size", "16");
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.match(stderr, /^ShapeError: alexnet: images of 16 by 16 are too small/);
  });

  test("a batch that does not fit into the memory is an error that says how many bytes", async () => {
    const { code, stderr } = await millrace("bench", "vgg19", "--batch-size", "60000");
    assert.equal(code, 1);
    assert.match(stderr, /^MemoryError: [^]*GiB[^]*fix:[^]*smaller --batch-size/);
  });

  test("Ctrl-C ends it with 130", { skip: process.platform === "win32" }, async () => {
    const child = start("bench", "alexnet", "--batch-size", "1", "--image-size", "64", "--steps", "1000000");
    child.stdout?.once("data", () => child.kill("SIGINT"));
    const { code, stderr } = await ended(child);
    assert.equal(code, 130);
    assert.equal(stderr, "");
  });

  test("a reader that goes away, like head, ends it quietly", async () => {
    const child = start("bench", "alexnet", "--batch-size", "1", "--image-size", "64", "--steps", "1000000");
    child.stdout?.once("data", () => child.stdout?.destroy());
    const { code, stderr } = await ended(child);
    assert.equal(code, 0);
    assert.equal(stderr, "");
  });
});
