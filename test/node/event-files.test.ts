import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import * as tf from "../../src/index.ts";
import { serializeTfRecord } from "../../src/data/formats/tf-record.ts";
import * as events from "../../src/node/event-messages.ts";
import { histogramOf } from "../../src/node/histogram.ts";

interface Golden {
  /** The version that read the files of these bytes. */
  readonly tensorboard: string;
  readonly sha256: string;
  readonly scalars: Readonly<Record<string, readonly (readonly [step: number, value: number])[]>>;
  readonly histograms: Readonly<Record<string, readonly (readonly [step: number, buckets: readonly number[][]])[]>>;
  readonly images: Readonly<Record<string, { readonly step: number; readonly file: string }>>;
  readonly curves: Readonly<Record<string, Readonly<Record<string, number | readonly number[]>>>>;
  readonly graph: readonly (readonly [name: string, op: string, inputs: readonly string[]])[];
}

const golden = JSON.parse(readFileSync(new URL("../golden/event-files.json", import.meta.url), "utf8")) as Golden;

const weights = [-1, -0.5, 0, 0, 0.25, 3];
const counts = {
  truePositives: [4, 3, 1],
  falsePositives: [6, 2, 0],
  trueNegatives: [0, 4, 6],
  falseNegatives: [0, 1, 3],
};
const picture = { height: 2, width: 3, channels: 1, encoded: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1, 2, 3) };

function graph(): tf.Graph {
  const built = new tf.Graph();
  built.asDefault(() => {
    const x = tf.placeholder("float32", [null, 2], { name: "x" });
    tf.nameScope("net", () => tf.group(tf.nn.relu(x.add(1), { name: "y" })));
  });
  return built;
}

/** A run of three steps, killed after the second was saved, and what went on from there. */
function files(): Uint8Array[] {
  const record = (wallTime: number, step: number, values: Record<string, events.SummaryValue>): Uint8Array =>
    events.summaryEvent({ wallTime, step }, new Map(Object.entries(values)));
  const first = [
    events.fileVersionEvent(1000),
    events.startEvent({ wallTime: 1000, step: 1 }),
    events.graphEvent({ wallTime: 1000, step: 0 }, graph()),
    ...[1, 2, 3].map((step) => record(1000 + step, step, { "train/loss": { scalar: step / 10 } })),
    record(1003, 3, { weights: { histogram: histogramOf([7, 8]) } }),
  ];
  const second = [
    events.fileVersionEvent(2000),
    events.startEvent({ wallTime: 2000, step: 3 }),
    record(2003, 3, { "train/loss": { scalar: -3 }, weights: { histogram: histogramOf(weights) } }),
    record(2004, 4, { "filters/conv1": { image: picture }, "test/cat": { prCurve: counts } }),
  ];
  return [first, second].map((parts) => Buffer.concat(parts.map((part) => serializeTfRecord(part))));
}

describe(`event files as TensorBoard ${golden.tensorboard} read them`, () => {
  const folder = process.env["MILLRACE_EVENTS"];
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true });
    for (const [index, file] of files().entries())
      writeFileSync(join(folder, `events.out.tfevents.000000000${index}.host`), file);
  }

  test("the bytes are still those that it read", () => {
    const hash = createHash("sha256");
    for (const file of files()) hash.update(file);
    assert.equal(hash.digest("hex"), golden.sha256, "read them again: test/golden/event-files.py");
  });

  test("scalars; a run that went on replaces the steps after its checkpoint", () => {
    assert.deepEqual(golden.scalars, {
      "train/loss": [
        [1, Math.fround(0.1)],
        [2, Math.fround(0.2)],
        [3, -3],
      ],
    });
  });

  test("histograms: the values of the last step in its buckets", () => {
    const [[step, buckets] = [0, []], ...others] = golden.histograms["weights"] ?? [];
    assert.deepEqual([step, others.length], [3, 0]);
    const inBuckets = buckets.map(([left = 0, right = 0], index) => {
      const isLast = index === buckets.length - 1;
      return weights.filter((value) => value >= left - 1e-9 && (isLast || value < right - 1e-9)).length;
    });
    assert.deepEqual(
      buckets.map(([, , count]) => count),
      inBuckets,
    );
    assert.deepEqual([buckets[0]![0], buckets.at(-1)![1]], [-1, 3]);
  });

  test("images and curves", () => {
    assert.deepEqual(golden.images["filters/conv1"], {
      step: 4,
      file: Buffer.from(picture.encoded).toString("base64"),
    });
    const curve = golden.curves["test/cat"]!;
    assert.deepEqual(
      [curve["true_positives"], curve["false_positives"], curve["true_negatives"], curve["false_negatives"]],
      [counts.truePositives, counts.falsePositives, counts.trueNegatives, counts.falseNegatives],
    );
    assert.deepEqual(curve["recall"], [1, 0.75, 0.25]);
    assert.deepEqual(curve["precision"], [0.4, 0.6, 1].map(Math.fround));
    assert.deepEqual(curve["thresholds"], [0, 0.5, 1]);
  });

  test("the graph", () => {
    assert.deepEqual(
      golden.graph,
      graph().operations.map(({ name, type, inputs, controlInputs }) => [
        name,
        type,
        [...inputs.map(({ op }) => op.name), ...controlInputs.map((before) => `^${before.name}`)],
      ]),
    );
  });
});
