import { malformed } from "./malformed.ts";

/** Bytes that can be read at any place, without all of them being in memory: a file, a `Blob`, a buffer. */
export interface ByteSource {
  /** Bytes in all. */
  readonly size: number;
  /** Exactly `length` bytes from `offset`. @throws FormatError when the source has fewer. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A buffer as a source; what it reads are views of the buffer. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (offset, length) => {
      requireRange(bytes.length, offset, length);
      return bytes.subarray(offset, offset + length);
    },
  };
}

/** A `Blob` or `File` (a file that a user chose in a browser) as a source. */
export function blobSource(blob: Blob): ByteSource {
  return {
    size: blob.size,
    read: async (offset, length) => {
      requireRange(blob.size, offset, length);
      return new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
    },
  };
}

/** @throws FormatError unless the range lies in a source of `size` bytes. */
export function requireRange(size: number, offset: number, length: number): void {
  const whole = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
  if (whole && length <= size - offset) return;
  throw malformed("file", `bytes ${offset} to ${offset + length} were asked for, it has ${size}.`);
}
