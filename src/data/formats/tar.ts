import { malformed, quoted } from "./malformed.ts";

const BLOCK = 512;

/** A regular file of a tar. */
export interface TarMember {
  readonly name: string;
  /** A view of the tar's bytes. */
  readonly data: Uint8Array;
}

/** A header block, with the data behind it. */
interface Entry {
  readonly name: string;
  readonly type: string;
  readonly data: Uint8Array;
  readonly next: number;
}

/** What pax and GNU headers say of the entry behind them. */
interface Override {
  name?: string;
  size?: number;
}

/**
 * The regular files of a tar (ustar, pax or GNU), in order; folders and links are left out.
 * @throws FormatError, when the walk gets there, for a wrong checksum or a file that is cut short.
 * @see POSIX.1-2017, pax, "ustar Interchange Format".
 */
export function* parseTar(bytes: Uint8Array): Generator<TarMember, void, undefined> {
  let override: Override = {};
  for (let at = 0; at < bytes.length;) {
    if (isZero(bytes.subarray(at, at + BLOCK))) return;
    const entry = readEntry(bytes, at, override.size);
    at = entry.next;
    if (entry.type === "g") continue; // Speaks of all entries: nothing of what it may say matters here.
    if (entry.type === "x") {
      Object.assign(override, parsePax(entry.data));
    } else if (entry.type === "L") {
      override.name = text(entry.data);
    } else {
      const name = override.name ?? entry.name;
      override = {};
      if (entry.type === "0" || entry.type === "7") yield { name, data: entry.data };
    }
  }
}

function readEntry(bytes: Uint8Array, at: number, knownSize: number | undefined): Entry {
  const header = bytes.subarray(at, at + BLOCK);
  if (header.length < BLOCK) throw malformed("tar", "a header is cut short.");
  requireChecksum(header, at);
  const shortName = text(header.subarray(0, 100));
  const isUstar = text(header.subarray(257, 262)) === "ustar" && header[263] === 0x30;
  const prefix = isUstar ? text(header.subarray(345, 500)) : "";
  const name = prefix === "" ? shortName : `${prefix}/${shortName}`;
  const type = header[156] === 0 ? "0" : String.fromCharCode(header[156]!);
  // Links and folders have no data, whatever they say.
  const size = "123456".includes(type)
    ? 0
    : ((isHeaderOfHeader(type) ? undefined : knownSize) ?? numberOf(header.subarray(124, 136)));
  const start = at + BLOCK;
  if (size > bytes.length - start)
    throw malformed("tar", `${quoted(name)} has ${size} bytes, the file ${bytes.length - start} for it.`);
  return { name, type, data: bytes.subarray(start, start + size), next: start + Math.ceil(size / BLOCK) * BLOCK };
}

function isHeaderOfHeader(type: string): boolean {
  return "xgLK".includes(type);
}

/** The sum of all bytes of the header, with its own place as eight spaces. */
function requireChecksum(header: Uint8Array, at: number): void {
  let sum = 8 * 0x20;
  for (let index = 0; index < BLOCK; index++) if (index < 148 || index >= 156) sum += header[index]!;
  if (numberOf(header.subarray(148, 156)) !== sum)
    throw malformed("tar", `the checksum of the header at byte ${at} is wrong.`);
}

/** Octal digits; or, where the first bit is set, a number of base 256. */
function numberOf(field: Uint8Array): number {
  let value = 0;
  if (field[0]! & 0x80) {
    if (field[0] !== 0x80) throw malformed("tar", "a size is negative.");
    for (const byte of field.subarray(1)) value = value * 256 + byte;
  } else {
    const digits = /^ *([0-7]*)[ \0]*$/.exec(latin1(field))?.[1];
    if (digits === undefined) throw malformed("tar", "a number in a header is not octal.");
    value = Number.parseInt(digits === "" ? "0" : digits, 8);
  }
  if (!Number.isSafeInteger(value)) throw malformed("tar", "a size is beyond all files.");
  return value;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** Up to the first zero. */
function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(bytes.slice(0, end < 0 ? bytes.length : end));
}

/** Lines `LENGTH KEY=VALUE\n`, the length that of the whole line in bytes. */
function parsePax(data: Uint8Array): Override {
  const override: Override = {};
  for (let at = 0; at < data.length;) {
    const digits = /^(\d{1,9}) /.exec(latin1(data.subarray(at, at + 10)))?.[1];
    const length = Number(digits ?? 0);
    if (digits === undefined || length <= digits.length + 1 || length > data.length - at)
      throw malformed("tar", "a pax header is damaged.");
    const line = new TextDecoder().decode(data.slice(at + digits.length + 1, at + length));
    const [, key, value] = /^([^=]*)=([\s\S]*)\n$/.exec(line) ?? [];
    if (key === undefined || value === undefined) throw malformed("tar", "a pax header is damaged.");
    if (key === "path") override.name = value;
    if (key === "size") {
      if (!/^\d{1,15}$/.test(value)) throw malformed("tar", `a pax header has the size ${quoted(value)}.`);
      override.size = Number(value);
    }
    at += length;
  }
  return override;
}

function isZero(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}
