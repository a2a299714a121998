import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "millrace";
import { CheckpointSpace } from "../../../cli/training/checkpoint-space.ts";

const MIB = 2 ** 20;

/** The lines before a run with variables of so many MiB. */
async function linesFor(mebibytes: number, keep: number, free: number): Promise<string[]> {
  const graph = new tf.Graph();
  graph.asDefault(() => {
    tf.variable(tf.zeros([mebibytes, 2 ** 17]), { name: "weights" });
    tf.variable(tf.zeros([mebibytes, 2 ** 17]), { name: "momentum", trainable: false });
  });
  const lines: string[] = [];
  const space = new CheckpointSpace({
    folder: "runs/a",
    keep,
    display: { line: (text) => lines.push(text) },
    freeBytes: (folder) => Promise.resolve(folder === "runs/a" ? free : Number.NaN),
  });
  await using session = new tf.Session({ graph });
  await space.onStart({ session });
  return lines;
}

test("checkpoints of a large network: their size, what is kept", async () => {
  assert.deepEqual(await linesFor(640, 3, 10_000 * MIB), [
    "checkpoints: 640.0 MiB each; the last 3 and the best are kept",
  ]);
  assert.deepEqual(await linesFor(64, 1, 10_000 * MIB), [
    "checkpoints: 64.0 MiB each; the last one and the best are kept",
  ]);
});

test("checkpoints of a small network: nothing", async () => {
  assert.deepEqual(await linesFor(62, 3, 0), []);
});

test("a disk without room for those that are kept and one more", async () => {
  assert.deepEqual((await linesFor(100, 3, 500 * MIB)).length, 1);
  assert.deepEqual((await linesFor(100, 3, 499 * MIB)).slice(1), [
    "the disk of runs/a has 499.0 MiB free of 500.0 MiB that they take: see --keep",
  ]);
});
