import type { ByteSource } from "./byte-source.ts";
import { crc32c } from "./crc.ts";
import { malformed } from "./malformed.ts";

/** Length, its checksum, and behind the data the data's checksum. */
const HEAD = 12;
const FOOT = 4;

/**
 * The checksum of TFRecord files: CRC-32C, rotated and shifted, because a CRC of data that holds CRCs is weak.
 * @see TensorFlow, tensorflow/core/lib/hash/crc32c.h, Mask.
 */
export function maskedCrc32c(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** The records of a TFRecord file, as views. @throws FormatError, when the walk gets there, that names the record. */
export function* parseTfRecords(bytes: Uint8Array): Generator<Uint8Array, void, undefined> {
  let at = 0;
  for (let index = 0; at < bytes.length; index++) {
    const head = bytes.subarray(at, at + HEAD);
    const length = recordLength(head, bytes.length - at, index);
    at += HEAD + length + FOOT;
    yield checkedRecord(bytes.subarray(at - length - FOOT, at), index);
  }
}

/** The same of a file that may be larger than memory; only one record is in memory at a time. @throws FormatError */
export async function* readTfRecords(source: ByteSource): AsyncGenerator<Uint8Array, void, undefined> {
  let at = 0;
  for (let index = 0; at < source.size; index++) {
    const head = await source.read(at, Math.min(HEAD, source.size - at));
    const length = recordLength(head, source.size - at, index);
    const record = await source.read(at + HEAD, length + FOOT);
    at += HEAD + length + FOOT;
    yield checkedRecord(record, index);
  }
}

/** @param rest bytes from the record's first one to the end of the file. */
function recordLength(head: Uint8Array, rest: number, index: number): number {
  if (head.length < HEAD) throw malformed("tfrecord", `record ${index} is cut short in its length.`);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (view.getUint32(8, true) !== maskedCrc32c(head.subarray(0, 8))) {
    throw malformed("tfrecord", `the checksum of record ${index}'s length is wrong.`);
  }
  const length = view.getBigUint64(0, true);
  if (length > BigInt(rest - HEAD - FOOT)) {
    throw malformed(
      "tfrecord",
      `record ${index} has ${length} bytes, the file ${Math.max(rest - HEAD - FOOT, 0)} for it.`,
    );
  }
  return Number(length);
}

function checkedRecord(bytes: Uint8Array, index: number): Uint8Array {
  const data = bytes.subarray(0, bytes.length - FOOT);
  const view = new DataView(bytes.buffer, bytes.byteOffset + data.length, FOOT);
  if (view.getUint32(0, true) !== maskedCrc32c(data))
    throw malformed("tfrecord", `the checksum of record ${index} is wrong.`);
  return data;
}

/** One record as it stands in a file: append it to what is there. */
export function serializeTfRecord(data: Uint8Array): Uint8Array {
  const record = new Uint8Array(HEAD + data.length + FOOT);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedCrc32c(record.subarray(0, 8)), true);
  record.set(data, HEAD);
  view.setUint32(HEAD + data.length, maskedCrc32c(data), true);
  return record;
}
