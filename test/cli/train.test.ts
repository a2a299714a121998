import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { makeShapes, readMetrics } from "../../src/node/index.ts";
import { ended, millrace, start } from "./millrace.ts";

const temporary = mkdtempSync(join(tmpdir(), "millrace-train-"));
after(() => rmSync(temporary, { recursive: true }));
const data = join(temporary, "shapes");
const whole = join(temporary, "whole");

function trainInto(out: string, ...more: string[]): string[] {
  return [
    "train",
    data,
    "--out",
    out,
    "--model",
    "lenet5",
    "--batch-size",
    "16",
    "--workers",
    "0",
    "--threads",
    "1",
    ...more,
  ];
}

function lastCheckpoint(out: string): Buffer {
  const files = readdirSync(join(out, "checkpoints")).sort();
  return readFileSync(join(out, "checkpoints", files.at(-1)!));
}

describe("train, evaluate, predict", () => {
  before(async () => {
    await makeShapes(data, { size: 28, train: 8, validation: 2, test: 2, seed: 1 });
    writeFileSync(join(data, "train", "star", "broken.jpg"), "no picture");
  });

  test("a run leaves checkpoints, metrics, events and a report; a line a step; broken images are named", async () => {
    const { code, stdout, stderr } = await millrace(...trainInto(whole, "--epochs", "2"));
    assert.equal(code, 0, stderr);
    assert.match(stdout, /lenet5 on 81 images of 10 classes at 28 x 28, 20 to validate with/);
    assert.match(stdout, /left out .*broken\.jpg/);
    assert.match(stdout, /^step 1 epoch 1 loss \d+\.\d{4} accuracy \d+\.\d% rate 0\.0005\d* \d/m);
    assert.match(stdout, /^epoch 2: loss .* validation: loss .* top-1 .* top-5 /m);
    assert.match(stdout, /^test: loss .* top-1 /m);
    const names = readdirSync(whole).map((name) => name.replace(/tfevents.*/, "tfevents"));
    assert.deepEqual([...new Set(names)].sort(), [
      "checkpoints",
      "config.json",
      "events.out.tfevents",
      "metrics.jsonl",
      "report.html",
    ]);
    const records = await readMetrics(join(whole, "metrics.jsonl"));
    assert.equal(records.filter(({ type }) => type === "step").length, 10);
    assert.equal(records.filter(({ type }) => type === "epoch").length, 2);
    assert.match(readFileSync(join(whole, "report.html"), "utf8"), /Worst mistakes/);
  });

  test("interrupted it stops with a checkpoint; resumed it ends with the same bits", async () => {
    const out = join(temporary, "stopped");
    const child = start(...trainInto(out, "--epochs", "2", "--no-report"));
    child.stdout!.on("data", (text: Buffer) => {
      if (String(text).includes("step 3 ")) child.kill("SIGINT");
    });
    const stopped = await ended(child);
    assert.equal(stopped.code, 130, stopped.stderr);
    assert.match(stopped.stdout, /stopped after \d steps.*--resume/);
    const refused = await millrace(...trainInto(out));
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /there is a run in it/);
    const changed = await millrace("train", "--out", out, "--resume", "--batch-size", "8");
    assert.equal(changed.code, 2);
    assert.match(changed.stderr, /--batch-size 8: the run was started with 16/);
    const resumed = await millrace("train", "--out", out, "--resume", "--no-report", "--workers", "0");
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.ok(lastCheckpoint(out).equals(lastCheckpoint(whole)));
  });

  test("evaluate measures, predict names", async () => {
    const folder = await millrace("evaluate", join(data, "test"), "--run", whole, "--workers", "0");
    assert.equal(folder.code, 0, folder.stderr);
    assert.match(folder.stdout, /^all, 20 images, weights of step \d+: loss/m);
    const part = await millrace("evaluate", data, "--run", whole, "--part", "validation", "--workers", "0", "--json");
    const { count, confusion } = JSON.parse(part.stdout) as { count: number; confusion: number[][] };
    assert.deepEqual([count, confusion.flat().reduce((sum, n) => sum + n, 0)], [20, 20]);
    const [picture = ""] = readdirSync(join(data, "test", "star"));
    const named = await millrace(
      "predict",
      join(data, "test", "star", picture),
      "--run",
      whole,
      "--top",
      "2",
      "--json",
    );
    const { images } = JSON.parse(named.stdout) as { images: { classes: { name: string; probability: number }[] }[] };
    assert.equal(images[0]!.classes.length, 2);
    assert.ok(images[0]!.classes[0]!.probability >= images[0]!.classes[1]!.probability);
  });

  const wrong: Readonly<Record<string, [args: string[], code: number, says: RegExp]>> = {
    "no data": [["train", "--out", join(temporary, "none")], 2, /missing required argument 'data'/],
    "no out": [["train", data], 2, /required option .*--out/],
    "an unknown schedule": [["train", data, "--out", "x", "--schedule", "up"], 2, /--schedule up: pass constant/],
    "a dropout of 1": [
      ["train", data, "--out", "x", "--dropout", "1"],
      2,
      /--dropout 1: pass a number from 0 to below 1/,
    ],
    "a folder that is a file": [
      ["train", data, "--out", join(data, "train", "star", "broken.jpg"), "--model", "lenet5"],
      1,
      /EEXIST|ENOTDIR/,
    ],
    "no such data": [["train", join(temporary, "nowhere"), "--out", join(temporary, "none")], 1, /is not there/],
    "no run": [["evaluate", data, "--run", temporary], 1, /there is no training run in/],
    "a broken image": [
      ["predict", join(data, "train", "star", "broken.jpg"), "--run", whole],
      1,
      /broken\.jpg: .*it is no JPEG/,
    ],
  };
  for (const [name, [args, expected, says]] of Object.entries(wrong)) {
    test(`refused: ${name}`, async () => {
      const { code, stderr } = await millrace(...args);
      assert.match(stderr, says);
      assert.equal(code, expected);
    });
  }
});
