import { crc32 } from "./crc.ts";
import { deflateRaw, inflateRaw } from "./inflate.ts";
import { malformed, quoted } from "./malformed.ts";
import { type ZipEntry, zipEntries } from "./zip-directory.ts";

/** A file of a zip. */
export interface ZipMember {
  readonly name: string;
  /** Bytes when unpacked. */
  readonly size: number;
  /** Unpacks it and checks its CRC. @throws FormatError */
  read(): Promise<Uint8Array>;
}

/**
 * The members of a zip, stored or deflated, in the order of its directory. Nothing is unpacked yet.
 * @throws FormatError when the file is damaged, encrypted, in parts, or has two members of one name or in one place.
 * @see PKWARE, APPNOTE.TXT, 4.3.
 */
export function openZip(bytes: Uint8Array): ZipMember[] {
  return zipEntries(bytes).map((entry) => ({ name: entry.name, size: entry.size, read: () => readEntry(entry) }));
}

async function readEntry({ name, method, packed, size, crc }: ZipEntry): Promise<Uint8Array> {
  const format = `zip member ${quoted(name)}`;
  if (method === 0 && packed.length !== size)
    throw malformed(format, `${packed.length} bytes are stored, ${size} were announced.`);
  const data = method === 0 ? packed : await inflateRaw(packed, size, format);
  if (crc32(data) !== crc) throw malformed(format, "its checksum (CRC-32) is wrong.");
  return data;
}

/** A zip of these files. `compress` deflates them; default: stored as they are. */
export async function serializeZip(
  files: ReadonlyMap<string, Uint8Array>,
  { compress = false }: { readonly compress?: boolean } = {},
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const [name, data] of files) {
    const packed = compress ? await deflateRaw(data) : data;
    if (at + packed.length > 0xffff_0000)
      throw malformed("zip", "it would be larger than 4 GiB.", { fix: "write several files." });
    const fields = {
      name: new TextEncoder().encode(name),
      method: compress ? 8 : 0,
      crc: crc32(data),
      packed: packed.length,
      size: data.length,
    };
    const local = record(LOCAL, fields);
    pieces.push(local, packed);
    directory.push(record(CENTRAL, fields, at));
    at += local.length + packed.length;
  }
  const directorySize = directory.reduce((size, piece) => size + piece.length, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, files.size, true);
  end.setUint16(10, files.size, true);
  end.setUint32(12, directorySize, true);
  end.setUint32(16, at, true);
  return concatenated([...pieces, ...directory, new Uint8Array(end.buffer)]);
}

interface RecordFields {
  readonly name: Uint8Array;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
}

/** The two records of a member share their fields, which stand 2 bytes later in the directory's. */
const LOCAL = { signature: 0x04034b50, shift: 0, length: 30 };
const CENTRAL = { signature: 0x02014b50, shift: 2, length: 46 };

function record(kind: typeof LOCAL, { name, method, crc, packed, size }: RecordFields, offset = 0): Uint8Array {
  const bytes = new Uint8Array(kind.length + name.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, kind.signature, true);
  view.setUint16(4, 20, true);
  view.setUint16(4 + kind.shift, 20, true);
  // Bit 11: the name is UTF-8. The date is zip's first day, so that equal content gives equal bytes.
  view.setUint16(6 + kind.shift, 1 << 11, true);
  view.setUint16(8 + kind.shift, method, true);
  view.setUint16(12 + kind.shift, 0x21, true);
  view.setUint32(14 + kind.shift, crc, true);
  view.setUint32(18 + kind.shift, packed, true);
  view.setUint32(22 + kind.shift, size, true);
  view.setUint16(26 + kind.shift, name.length, true);
  if (kind === CENTRAL) view.setUint32(42, offset, true);
  bytes.set(name, kind.length);
  return bytes;
}

function concatenated(pieces: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    result.set(piece, at);
    at += piece.length;
  }
  return result;
}
