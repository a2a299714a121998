import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import * as tf from "../../src/index.ts";
import { parseTfRecords } from "../../src/data/formats/tf-record.ts";
import { EventWriter } from "../../src/node/event-writer.ts";
import { histogramOf } from "../../src/node/histogram.ts";

const temporary = mkdtempSync(join(tmpdir(), "millrace-events-"));
after(() => rmSync(temporary, { recursive: true }));

/** A message's fields by number, read without knowing the message: numbers, doubles, floats, or bytes. */
type Fields = Map<number, (number | Uint8Array)[]>;

function fieldsOf(bytes: Uint8Array): Fields {
  const reader = new BinaryReader(bytes);
  const fields: Fields = new Map();
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    const value = readValue(reader, type);
    fields.set(field, [...(fields.get(field) ?? []), value]);
  }
  return fields;
}

function readValue(reader: BinaryReader, type: WireType): number | Uint8Array {
  if (type === WireType.Varint) return Number(reader.int64());
  if (type === WireType.Bit64) return reader.double();
  return type === WireType.Bit32 ? reader.float() : reader.bytes();
}

function bytesOf(fields: Fields, number: number, index = 0): Uint8Array {
  const value = fields.get(number)?.[index];
  assert.ok(value instanceof Uint8Array, `field ${number} is no bytes`);
  return value;
}

function textOf(fields: Fields, number: number, index = 0): string {
  return new TextDecoder().decode(bytesOf(fields, number, index));
}

function doublesOf(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: bytes.length / 8 }, (_, index) => view.getFloat64(8 * index, true));
}

async function eventsOf(
  name: string,
  write: (events: EventWriter) => Promise<void>,
  firstStep?: number,
): Promise<Fields[]> {
  const folder = join(temporary, name);
  const events = await EventWriter.open(folder, firstStep);
  await write(events);
  await events.close();
  const [file = ""] = readdirSync(folder);
  assert.match(file, /^events\.out\.tfevents\.\d{10}\.\d{3}\./);
  return [...parseTfRecords(readFileSync(join(folder, file)))].map((record) => fieldsOf(record));
}

describe("event files", () => {
  test("a version, then scalars, histograms, images and curves under their tags", async () => {
    const [version, event] = await eventsOf("summary", (events) =>
      events.summary(300, {
        "train/loss": { scalar: 0.5 },
        weights: { histogram: histogramOf([1, 2, 2, 5]) },
        filters: { image: { height: 2, width: 3, channels: 1, encoded: Uint8Array.of(7, 8) } },
        "pr/cat": {
          prCurve: { truePositives: [2, 1], falsePositives: [2, 0], trueNegatives: [0, 2], falseNegatives: [0, 1] },
        },
      }),
    );
    assert.equal(textOf(version!, 3), "brain.Event:2");
    assert.equal(event!.get(2)?.[0], 300);
    assert.ok(Math.abs((event!.get(1)?.[0] as number) - Date.now() / 1000) < 60);
    const summary = fieldsOf(bytesOf(event!, 5));
    const [scalar, histogram, image, curve] = [0, 1, 2, 3].map((index) => fieldsOf(bytesOf(summary, 1, index)));
    assert.deepEqual([textOf(scalar!, 1), scalar!.get(2)?.[0]], ["train/loss", 0.5]);
    const spread = fieldsOf(bytesOf(histogram!, 5));
    assert.deepEqual(
      [1, 2, 3, 4, 5].map((field) => spread.get(field)?.[0]),
      [1, 5, 4, 10, 34],
    );
    const [limits, counts] = [6, 7].map((field) => doublesOf(bytesOf(spread, field)));
    assert.equal(limits!.at(-1), 5);
    assert.equal(limits!.length, counts!.length);
    assert.equal(
      counts!.reduce((sum, count) => sum + count, 0),
      4,
    );
    const picture = fieldsOf(bytesOf(image!, 4));
    assert.deepEqual(
      [1, 2, 3].map((field) => picture.get(field)?.[0]),
      [2, 3, 1],
    );
    assert.deepEqual([...bytesOf(picture, 4)], [7, 8]);
    const tensor = fieldsOf(bytesOf(curve!, 8));
    const values = bytesOf(tensor, 4);
    const rows = [...new Float32Array(Uint8Array.from(values).buffer)];
    assert.deepEqual(rows, [2, 1, 2, 0, 0, 2, 0, 1, 0.5, 1, 1, 0.5]);
    const plugin = fieldsOf(bytesOf(fieldsOf(bytesOf(curve!, 9)), 1));
    assert.equal(textOf(plugin, 1), "pr_curves");
  });

  test("a scalar is a float32: what is too large is infinite", async () => {
    for (const [scalar, written] of [
      [1e39, Number.POSITIVE_INFINITY],
      [-1e39, Number.NEGATIVE_INFINITY],
      [0.1, Math.fround(0.1)],
    ] as const) {
      const [, event] = await eventsOf(`scalar-${scalar}`, (events) => events.summary(1, { rate: { scalar } }));
      assert.equal(fieldsOf(bytesOf(fieldsOf(bytesOf(event!, 5)), 1)).get(2)?.[0], written);
    }
  });

  test("a resumed run tells readers to forget what came after its checkpoint", async () => {
    const [, start] = await eventsOf("resumed", async () => {}, 40);
    assert.equal(start!.get(2)?.[0], 41);
    assert.equal(fieldsOf(bytesOf(start!, 7)).get(1)?.[0], 1);
    // The first run says that it begins: TensorBoard forgets nothing at the first such word.
    const [, first] = await eventsOf("begun", async () => {}, 0);
    assert.deepEqual([first!.get(2)?.[0], fieldsOf(bytesOf(first!, 7)).get(1)?.[0]], [1, 1]);
  });

  test("the graph: names, types, inputs, control inputs", async () => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const x = tf.placeholder("float32", [null, 2], { name: "x" });
      tf.group(tf.nn.relu(x, { name: "y" }));
    });
    const [, event] = await eventsOf("graph", (events) => events.graph(graph));
    const nodes = fieldsOf(bytesOf(event!, 4))
      .get(1)!
      .map((node) => fieldsOf(node as Uint8Array));
    assert.deepEqual(
      nodes.map((node) => textOf(node, 2)),
      ["Placeholder", "Relu", "NoOp"],
    );
    assert.equal(textOf(nodes[1]!, 3), "x");
    assert.equal(textOf(nodes[2]!, 3), "^y");
  });
});

describe("histogramOf", () => {
  test("NaN and infinity are left out; equal values have a bucket", () => {
    const { count, min, max, counts } = histogramOf([3, 3, Number.NaN, Number.POSITIVE_INFINITY]);
    assert.deepEqual([count, min, max, counts], [2, 3, 3, [0, 2]]);
    assert.equal(histogramOf([]).count, 0);
    const spread = histogramOf([1, 2, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    assert.deepEqual([spread.count, spread.counts.reduce((sum, counted) => sum + counted, 0)], [2, 2]);
  });
});
