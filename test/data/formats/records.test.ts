import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "../../../src/index.ts";
import { crc32, crc32c } from "../../../src/data/formats/crc.ts";
import { writtenByPython } from "./written-by-python.ts";

const { bytesSource, maskedCrc32c, parseTar, parseTfRecords, parseWebDataset, readTfRecords, serializeTfRecord } =
  tf.formats;
const isFormatError = (message: RegExp) => (error: unknown) =>
  error instanceof tf.FormatError && message.test(error.message);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

async function collected(records: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const list: Uint8Array[] = [];
  for await (const record of records) list.push(record);
  return list;
}

describe("checksums", () => {
  test("published values", () => {
    // The check values of "123456789": zlib's, and RFC 3720's polynomial; RFC 3720 B.4 for the others.
    assert.equal(crc32(utf8("123456789")), 0xcbf43926);
    assert.equal(crc32c(utf8("123456789")), 0xe3069283);
    assert.equal(crc32c(new Uint8Array(32)), 0x8a9136aa);
    assert.equal(crc32c(new Uint8Array(32).fill(255)), 0x62a8ab43);
    assert.equal(maskedCrc32c(utf8("123456789")), (((0xe3069283 >>> 15) | (0xe3069283 << 17)) + 0xa282ead8) >>> 0);
  });
});

describe("tfrecord", () => {
  const records = [utf8("first"), new Uint8Array(0), new Uint8Array(1000).fill(7)];
  const bytes = new Uint8Array(records.flatMap((record) => [...serializeTfRecord(record)]));

  test("what is written is read back, from bytes and from a source", async () => {
    assert.deepEqual([...parseTfRecords(bytes)], records);
    assert.deepEqual(await collected(readTfRecords(bytesSource(bytes))), records);
  });

  test("refused: a wrong checksum of length or data, a cut, a length beyond the file", async () => {
    const changed = (at: number): Uint8Array => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
    assert.throws(() => [...parseTfRecords(changed(0))], isFormatError(/checksum of record 0's length/));
    assert.throws(() => [...parseTfRecords(changed(13))], isFormatError(/checksum of record 0 is/));
    assert.throws(
      () => [...parseTfRecords(bytes.subarray(0, bytes.length - 1))],
      isFormatError(/record 2 has 1000 bytes, the file 999/),
    );
    assert.throws(() => [...parseTfRecords(bytes.subarray(0, 5))], isFormatError(/cut short/));
    await assert.rejects(
      collected(readTfRecords(bytesSource(bytes.subarray(0, 30)))),
      isFormatError(/cut short|bytes/),
    );
  });
});

describe("tar and webdataset", () => {
  for (const name of ["ustar", "gnu", "pax"]) {
    test(`${name}: names, long names, data`, () => {
      const members = [...parseTar(writtenByPython(name))].map((member) => [
        member.name,
        new TextDecoder().decode(member.data),
      ]);
      const long = `train/${"n".repeat(name === "ustar" ? 90 : 130)}.jpg`;
      const expected = [
        ["train/0001.jpg", "JPEG"],
        ["train/0001.cls", "3"],
        [long, "long"],
      ];
      assert.deepEqual(members, name === "pax" ? [...expected, ["train/é.jpg", "utf"]] : expected);
    });
  }

  test("samples are consecutive files with one key", () => {
    const samples = [...parseWebDataset(writtenByPython("gnu"))];
    assert.deepEqual(
      samples.map(({ key, files }) => [key.slice(0, 10), [...files.keys()]]),
      [
        ["train/0001", ["jpg", "cls"]],
        ["train/nnnn", ["jpg"]],
      ],
    );
  });

  test("refused: a wrong checksum, a cut, two files of one extension", () => {
    const good = writtenByPython("ustar");
    const changed = good.slice();
    changed[0]! ^= 1;
    assert.throws(() => [...parseTar(changed)], isFormatError(/checksum of the header at byte 0/));
    assert.throws(() => [...parseTar(good.subarray(0, 1025))], isFormatError(/has 4 bytes, the file 1|cut short/));
    assert.throws(() => [...parseTar(good.subarray(0, 700))], isFormatError(/cut short/));
    const twice = new Uint8Array([...good.subarray(512, 1536), ...good.subarray(512, 1536)]);
    assert.throws(() => [...parseWebDataset(twice)], isFormatError(/two files "\.jpg"/));
  });
});
