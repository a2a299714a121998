import { malformed, quoted } from "./malformed.ts";

/** A member as the directory at the end of a zip describes it, with its packed bytes. */
export interface ZipEntry {
  readonly name: string;
  /** 0: stored; 8: deflated. */
  readonly method: number;
  readonly packed: Uint8Array;
  readonly size: number;
  readonly crc: number;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

/** Directories of more members than this are not read. */
const MAX_MEMBERS = 1_000_000;

/** @throws FormatError */
export function zipEntries(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { count, offset, size, end } = findDirectory(view);
  // Each member takes 46 bytes of the directory.
  if (count > MAX_MEMBERS || count * 46 > size)
    throw malformed("zip", `a directory of ${size} bytes cannot list ${count} members.`);
  if (offset + size > end) throw malformed("zip", "the directory lies outside of the file.");
  const entries: (ZipEntry & Place)[] = [];
  let at = offset;
  for (let index = 0; index < count; index++) {
    const { entry, next } = readEntry(view, bytes, at, offset + size);
    entries.push(entry);
    at = next;
  }
  requireApart(entries, offset);
  return entries;
}

interface Place {
  /** First byte of the local record, and the one behind the packed data. */
  readonly begin: number;
  readonly end: number;
}

interface Directory {
  readonly count: number;
  readonly offset: number;
  readonly size: number;
  /** Where the records behind it begin. */
  readonly end: number;
}

/** The end record stands last, before a comment of at most 65,535 bytes. */
function findDirectory(view: DataView): Directory {
  const first = Math.max(0, view.byteLength - 22 - 65_535);
  for (let at = view.byteLength - 22; at >= first; at--) {
    if (view.getUint32(at, true) !== END || view.getUint16(at + 20, true) !== view.byteLength - at - 22) continue;
    if (view.getUint16(at + 4, true) !== 0 || view.getUint16(at + 8, true) !== view.getUint16(at + 10, true)) {
      throw malformed("zip", "it is one of several parts.", { fix: "join the parts." });
    }
    const directory = {
      count: view.getUint16(at + 10, true),
      size: view.getUint32(at + 12, true),
      offset: view.getUint32(at + 16, true),
      end: at,
    };
    const is64 = directory.count === 0xffff || directory.size === 0xffffffff || directory.offset === 0xffffffff;
    return is64 && at >= 20 && view.getUint32(at - 20, true) === LOCATOR_64
      ? findDirectory64(view, at - 20)
      : directory;
  }
  throw malformed("zip", "it has no directory at its end.");
}

function findDirectory64(view: DataView, locator: number): Directory {
  const at = whole(view, locator + 8);
  if (at + 56 > locator || view.getUint32(at, true) !== END_64)
    throw malformed("zip", "its 64-bit directory is damaged.");
  return { count: whole(view, at + 32), size: whole(view, at + 40), offset: whole(view, at + 48), end: at };
}

/** 64 bits as a number; larger ones than it holds exactly lie outside of any file. */
function whole(view: DataView, at: number): number {
  const value = view.getBigUint64(at, true);
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value);
}

function readEntry(
  view: DataView,
  bytes: Uint8Array,
  at: number,
  end: number,
): { entry: ZipEntry & Place; next: number } {
  if (at + 46 > end || view.getUint32(at, true) !== CENTRAL) throw malformed("zip", "its directory is damaged.");
  const nameLength = view.getUint16(at + 28, true);
  const extraLength = view.getUint16(at + 30, true);
  const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
  if (next > end) throw malformed("zip", "its directory is cut short.");
  const name = new TextDecoder().decode(bytes.slice(at + 46, at + 46 + nameLength));
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  if (flags & 1)
    throw malformed("zip", `${quoted(name)} is encrypted.`, { fix: "unpack it and pack it again without a password." });
  if (method !== 0 && method !== 8) {
    throw malformed("zip", `${quoted(name)} is packed by method ${method}.`, {
      fix: "pack it by deflate, or store it.",
    });
  }
  const sizes = readSizes(view, at, at + 46 + nameLength, extraLength);
  const data = dataOf(view, sizes.offset, name);
  if (data + sizes.packed > bytes.length) throw malformed("zip", `${quoted(name)} lies outside of the file.`);
  const packed = bytes.subarray(data, data + sizes.packed);
  const place = { begin: sizes.offset, end: data + sizes.packed };
  return { entry: { name, method, packed, size: sizes.size, crc: view.getUint32(at + 16, true), ...place }, next };
}

/** Sizes and offset, which a field of 64-bit numbers replaces where they do not fit. */
function readSizes(
  view: DataView,
  at: number,
  extra: number,
  extraLength: number,
): { packed: number; size: number; offset: number } {
  const sizes = {
    size: view.getUint32(at + 24, true),
    packed: view.getUint32(at + 20, true),
    offset: view.getUint32(at + 42, true),
  };
  for (let field = extra; field + 4 <= extra + extraLength; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue;
    const end = Math.min(field + 4 + view.getUint16(field + 2, true), extra + extraLength);
    let from = field + 4;
    for (const key of ["size", "packed", "offset"] as const) {
      if (sizes[key] !== 0xffffffff) continue;
      if (from + 8 > end) throw malformed("zip", "a 64-bit size is missing in its directory.");
      sizes[key] = whole(view, from);
      from += 8;
    }
    break;
  }
  return sizes;
}

/** Where a member's data begins: behind its local record, whose name and extra field may differ in length. */
function dataOf(view: DataView, offset: number, name: string): number {
  if (offset + 30 > view.byteLength || view.getUint32(offset, true) !== LOCAL) {
    throw malformed("zip", `the record of ${quoted(name)} is not where the directory says.`);
  }
  return offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
}

/** Members of one name are ambiguous; members in one place are how a small zip unpacks to petabytes. */
function requireApart(entries: readonly (ZipEntry & Place)[], directory: number): void {
  const names = new Set<string>();
  for (const { name } of entries) {
    if (names.has(name)) throw malformed("zip", `it has two members named ${quoted(name)}.`);
    names.add(name);
  }
  const ordered = entries.toSorted((a, b) => a.begin - b.begin);
  for (const [index, { name, end }] of ordered.entries()) {
    const next = ordered[index + 1]?.begin ?? directory;
    if (end > next) throw malformed("zip", `${quoted(name)} overlaps with what follows it.`);
  }
}
