import type { DType } from "../../core/dtype.ts";
import { ValueError } from "../../core/errors.ts";
import type { NDArray } from "../../core/ndarray.ts";
import type { ByteSource } from "./byte-source.ts";
import { decodeElements } from "./decode-elements.ts";
import { encodedLength, encodeElements } from "./encode-elements.ts";
import { quoted } from "./malformed.ts";
import { headerLength, MAX_HEADER_BYTES, parseSafetensorsHeader, type TensorEntry } from "./safetensors-header.ts";

/** A file's tensors by name, and its free-form strings. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, NDArray>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** A file whose tensors are read when they are asked for. */
export interface OpenSafetensors {
  readonly entries: readonly TensorEntry[];
  readonly metadata: ReadonlyMap<string, string>;
  /** @throws ValueError when there is no such tensor. */
  read(name: string): Promise<NDArray>;
}

/**
 * Parses a whole safetensors file.
 *
 * float32, int32, uint8 and bool tensors are views of `bytes` where they are aligned, as the writers of the format see
 * to. float64, float16 and bfloat16 become float32, other whole numbers int32.
 *
 * @throws FormatError when any rule of the format is broken, or a dtype has no counterpart here.
 * @see https://github.com/huggingface/safetensors, "Format".
 */
export function parseSafetensors(bytes: Uint8Array): Safetensors {
  const length = headerLength(bytes.subarray(0, 8), bytes.length);
  const data = bytes.subarray(8 + length);
  const { entries, metadata } = parseSafetensorsHeader(bytes.subarray(8, 8 + length), data.length);
  const tensors = new Map(entries.map((entry) => [entry.name, decode(entry, data.subarray(entry.begin, entry.end))]));
  return { tensors, metadata };
}

/** Reads only the header of a file, which may be larger than memory. @throws FormatError */
export async function openSafetensors(source: ByteSource): Promise<OpenSafetensors> {
  const length = headerLength(await source.read(0, Math.min(8, source.size)), source.size);
  const start = 8 + length;
  const { entries, metadata } = parseSafetensorsHeader(await source.read(8, length), source.size - start);
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  return {
    entries,
    metadata,
    read: async (name) => {
      const entry = byName.get(name);
      if (entry === undefined) {
        throw new ValueError({
          problem: `safetensors: there is no tensor ${quoted(name)}.`,
          fix: "look at `entries`.",
        });
      }
      return decode(entry, await source.read(start + entry.begin, entry.end - entry.begin));
    },
  };
}

function decode({ name, type, shape }: TensorEntry, bytes: Uint8Array): NDArray {
  return decodeElements({ what: `safetensors ${quoted(name)}`, type, shape, bytes });
}

const DTYPES: Readonly<Record<DType, string>> = { float32: "F32", int32: "I32", bool: "BOOL", uint8: "U8" };

/** Wide elements first, as the format's own writer does: then all of them are aligned. */
const ALIGNMENT: Readonly<Record<DType, number>> = { float32: 0, int32: 0, bool: 1, uint8: 1 };

/**
 * A safetensors file in pieces, to be written one after the other: the header, then the bytes of each tensor, which are
 * views. The same tensors give the same bytes, whatever their order in the map.
 *
 * @throws ValueError when a name is `__metadata__`, which the format keeps for itself, or the header grows too large.
 */
export function safetensorsPieces(
  tensors: ReadonlyMap<string, NDArray>,
  metadata: ReadonlyMap<string, string> = new Map(),
): Uint8Array[] {
  if (tensors.has("__metadata__")) {
    throw new ValueError({ problem: 'safetensors: a tensor is named "__metadata__".', fix: "give it another name." });
  }
  const ordered = [...tensors].sort(([a, x], [b, y]) => ALIGNMENT[x.dtype] - ALIGNMENT[y.dtype] || compare(a, b));
  let end = 0;
  const fields = ordered.map(([name, tensor]) => {
    const begin = end;
    end += encodedLength(tensor);
    return [name, { dtype: DTYPES[tensor.dtype], shape: tensor.shape, data_offsets: [begin, end] }] as const;
  });
  const strings = [...metadata].sort(([a], [b]) => compare(a, b));
  const first = strings.length > 0 ? [`"__metadata__":${object(strings)}`] : [];
  const text = `{${[...first, ...fields.map(([name, field]) => `${JSON.stringify(name)}:${JSON.stringify(field)}`)].join()}}`;
  return [encodeHeader(text), ...ordered.map(([, tensor]) => encodeElements(tensor))];
}

/** A whole safetensors file. @throws ValueError, see `safetensorsPieces`. */
export function serializeSafetensors(
  tensors: ReadonlyMap<string, NDArray>,
  metadata?: ReadonlyMap<string, string>,
): Uint8Array {
  const pieces = safetensorsPieces(tensors, metadata);
  const file = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    file.set(piece, at);
    at += piece.length;
  }
  return file;
}

/** JSON built by hand: in a JavaScript object, keys that look like numbers would come first. */
function object(entries: readonly (readonly [string, string])[]): string {
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`;
}

/** Length and text; spaces fill up to a multiple of 8, so that the tensors behind it are aligned. */
function encodeHeader(text: string): Uint8Array {
  const encoded = new TextEncoder().encode(text);
  const length = Math.ceil(encoded.length / 8) * 8;
  if (length > MAX_HEADER_BYTES) {
    throw new ValueError({
      problem: `safetensors: the header has ${length} bytes.`,
      fix: `at most ${MAX_HEADER_BYTES}: write several files.`,
    });
  }
  const header = new Uint8Array(8 + length).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true);
  header.set(encoded, 8);
  return header;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
