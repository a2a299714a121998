import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import * as tf from "../../../src/index.ts";

const { labeledImages, parseCifar10, parseCifar100, parseIdx, readIdx } = tf.formats;
const isFormatError = (message: RegExp) => (error: unknown) =>
  error instanceof tf.FormatError && message.test(error.message);

const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6);
const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 9);

describe("idx", () => {
  test("images and labels, packed or not", async () => {
    assert.deepEqual(parseIdx(images).toArray(), [[[1, 2, 3]], [[4, 5, 6]]]);
    assert.deepEqual((await readIdx(gzipSync(labels))).toArray(), [7, 9]);
    assert.deepEqual(await readIdx(labels), parseIdx(labels));
  });

  test("other element types are big-endian", () => {
    assert.deepEqual(parseIdx(Uint8Array.of(0, 0, 0x0d, 1, 0, 0, 0, 1, 0x3f, 0x80, 0, 0)).toArray(), [1]);
    assert.deepEqual(parseIdx(Uint8Array.of(0, 0, 0x0b, 1, 0, 0, 0, 1, 0xff, 0xfe)).toArray(), [-2]);
  });

  test("as a data set", () => {
    const set = labeledImages(parseIdx(images), parseIdx(labels));
    assert.deepEqual(set.get(1), { pixels: Uint8Array.of(4, 5, 6), height: 1, width: 3, channels: 1, label: 9 });
    assert.throws(() => labeledImages(parseIdx(images), parseIdx(images)), tf.ShapeError);
  });

  test("refused: another magic number, a cut, more than is there, a gzip bomb", async () => {
    assert.throws(() => parseIdx(Uint8Array.of(1, 0, 8, 1)), isFormatError(/two zeros/));
    assert.throws(() => parseIdx(images.subarray(0, 10)), isFormatError(/cut short/));
    assert.throws(() => parseIdx(images.subarray(0, 20)), isFormatError(/needs 6 bytes, the file has 4/));
    const bomb = gzipSync(Buffer.concat([labels, Buffer.alloc(10_000_000)]));
    await assert.rejects(readIdx(bomb), isFormatError(/more than 10 bytes/));
    await assert.rejects(readIdx(gzipSync(labels).subarray(0, 15)), isFormatError(/damaged/));
  });
});

describe("cifar", () => {
  const record = (...head: number[]): Uint8Array =>
    Uint8Array.of(...head, ...Array.from({ length: 3072 }, (_, at) => at >> 10));

  test("planes become pixels", () => {
    const set = parseCifar10(new Uint8Array([...record(3), ...record(9)]));
    assert.equal(set.size, 2);
    const { pixels, height, width, channels, label } = set.get(1);
    assert.deepEqual([height, width, channels, label, ...pixels.subarray(0, 6)], [32, 32, 3, 9, 0, 1, 2, 0, 1, 2]);
  });

  test("cifar-100 has two labels", () => {
    const set = parseCifar100(record(19, 99));
    assert.deepEqual([set.get(0).label, set.coarseLabel(0)], [99, 19]);
  });

  test("refused: part of a record, a label without a class", () => {
    assert.throws(() => parseCifar10(record(1).subarray(1)), isFormatError(/no whole number of records/));
    assert.throws(() => parseCifar10(new Uint8Array(0)), isFormatError(/no whole number/));
    assert.throws(() => parseCifar10(record(10)), isFormatError(/label 10/));
    assert.throws(() => parseCifar100(record(20, 0)), isFormatError(/label 20, there are 20/));
  });
});
