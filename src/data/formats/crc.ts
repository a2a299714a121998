/** Cyclic redundancy checks of 32 bits, bits reflected, as zip (IEEE 802.3) and TFRecord (Castagnoli) use them. */

/** Four tables, so that a step takes four bytes: "slicing by four". */
function tablesOf(polynomial: number): readonly Int32Array[] {
  const first = Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    return crc;
  });
  const tables = [first];
  for (let index = 1; index < 4; index++) {
    const before = tables[index - 1]!;
    tables.push(before.map((crc) => (crc >>> 8) ^ first[crc & 255]!));
  }
  return tables;
}

/** The tables are made when they are first needed: most programs never do, and it takes milliseconds. */
function crcBy(polynomial: number): (bytes: Uint8Array) => number {
  let tables: readonly Int32Array[] | undefined;
  return (bytes) => {
    tables ??= tablesOf(polynomial);
    const [t0, t1, t2, t3] = tables;
    let crc = -1;
    let at = 0;
    for (; at + 4 <= bytes.length; at += 4) {
      crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
      crc = t3![crc & 255]! ^ t2![(crc >>> 8) & 255]! ^ t1![(crc >>> 16) & 255]! ^ t0![crc >>> 24]!;
    }
    for (; at < bytes.length; at++) crc = (crc >>> 8) ^ t0![(crc ^ bytes[at]!) & 255]!;
    return ~crc >>> 0;
  };
}

/** CRC-32 as in zip, gzip and PNG; unsigned. */
export const crc32: (bytes: Uint8Array) => number = crcBy(0xedb88320);

/** CRC-32C as in TFRecord and iSCSI; unsigned. */
export const crc32c: (bytes: Uint8Array) => number = crcBy(0x82f63b78);
