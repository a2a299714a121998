import { malformed } from "./malformed.ts";

/** A byte of deflate never makes more than this many: a longest match of 258 bytes can take two bits. */
const MAX_RATIO = 1032;

/** Bytes of a whole file that we are ready to unpack when the file does not say how many there are. */
const DEFAULT_LIMIT = 2 ** 31 - 1;

/**
 * Unpacks deflate (as in a zip), which has to give exactly `size` bytes.
 * @throws FormatError, before it allocates, when so few bytes cannot hold `size`; when the data is damaged, or not that
 * long.
 */
export async function inflateRaw(bytes: Uint8Array, size: number, format: string): Promise<Uint8Array> {
  if (size > (bytes.length + 16) * MAX_RATIO) {
    throw malformed(format, `${bytes.length} packed bytes cannot hold ${size} bytes.`);
  }
  const unpacked = await unpack(bytes, "deflate-raw", size, format);
  if (unpacked.length === size) return unpacked;
  throw malformed(format, `${size} bytes were announced, ${unpacked.length} were packed.`);
}

/** Packs by deflate. */
export function deflateRaw(bytes: Uint8Array): Promise<Uint8Array> {
  return collect(streamOf(bytes).pipeThrough(new CompressionStream("deflate-raw")), Number.POSITIVE_INFINITY);
}

/** Whether bytes are packed by gzip. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks gzip.
 * @param limit give up at more bytes than this; default 2 GiB.
 * @throws FormatError when the data is damaged or unpacks to more than the limit.
 */
export function gunzip(bytes: Uint8Array, limit: number = DEFAULT_LIMIT): Promise<Uint8Array> {
  return unpack(bytes, "gzip", limit, "gzip");
}

/** The first bytes of what gzip packed, up to `length` of them: enough to learn from a header how long the rest may be. */
export async function gunzipStart(bytes: Uint8Array, length: number): Promise<Uint8Array> {
  const start = new Uint8Array(length);
  let at = 0;
  try {
    for await (const piece of piecesOf(streamOf(bytes).pipeThrough(new DecompressionStream("gzip")))) {
      start.set(piece.subarray(0, length - at), at);
      at += Math.min(piece.length, length - at);
      if (at === length) break;
    }
  } catch (cause) {
    throw malformed("gzip", "the packed data is damaged.", { cause });
  }
  return start.subarray(0, at);
}

async function unpack(
  bytes: Uint8Array,
  kind: "gzip" | "deflate-raw",
  limit: number,
  format: string,
): Promise<Uint8Array> {
  try {
    return await collect(streamOf(bytes).pipeThrough(new DecompressionStream(kind)), limit);
  } catch (cause) {
    if (cause instanceof TooLong) throw malformed(format, `it unpacks to more than ${limit} bytes.`);
    throw malformed(format, "the packed data is damaged.", { cause });
  }
}

class TooLong extends Error {}

type ByteStream = ReadableStream<Uint8Array<ArrayBuffer>>;

/** In pieces, so that unpacking stops soon after its result is too long. */
const PIECE = 1 << 16;

function streamOf(bytes: Uint8Array): ByteStream {
  let at = 0;
  return new ReadableStream({
    pull: (controller) => {
      if (at >= bytes.length) {
        controller.close();
        return;
      }
      // A copy: streams do not take views of shared memory.
      controller.enqueue(new Uint8Array(bytes.subarray(at, at + PIECE)));
      at += PIECE;
    },
  });
}

/** What a stream gives; leaving the loop early cancels it. Safari's streams have no iterator of their own. */
async function* piecesOf(stream: ByteStream): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    // Of a stream that failed this repeats the error, which has been thrown.
    await reader.cancel().catch(() => undefined);
  }
}

async function collect(stream: ByteStream, limit: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of piecesOf(stream)) {
    size += piece.length;
    if (size > limit) throw new TooLong();
    pieces.push(piece);
  }
  const result = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    result.set(piece, at);
    at += piece.length;
  }
  return result;
}
