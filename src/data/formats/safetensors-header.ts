import { byteLengthOf, ELEMENT_TYPES, type ElementType } from "./element-type.ts";
import { malformed, quoted } from "./malformed.ts";
import { type JsonObject, type JsonValue, parseStrictJson } from "./strict-json.ts";

/** The format's own limit, so that a reader never allocates for a header that is a lie. */
export const MAX_HEADER_BYTES = 100_000_000;

/** The dtypes of safetensors that have a counterpart here; the float8 and smaller ones have none. */
const TYPES: Readonly<Record<string, ElementType>> = {
  BOOL: "bool",
  U8: "uint8",
  I8: "int8",
  U16: "uint16",
  I16: "int16",
  F16: "float16",
  BF16: "bfloat16",
  U32: "uint32",
  I32: "int32",
  F32: "float32",
  U64: "uint64",
  I64: "int64",
  F64: "float64",
};

/** Where a tensor's bytes are, counted from the end of the header. */
export interface TensorEntry {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  /** In the order of their bytes. */
  readonly entries: readonly TensorEntry[];
  /** The strings of `__metadata__`; who wrote the file decides what they mean. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** The header's length, from the first 8 bytes of a file. @throws FormatError when the file cannot hold it. */
export function headerLength(first: Uint8Array, fileSize: number): number {
  if (fileSize < 8 || first.length < 8) throw wrong(`a file has at least 8 bytes, this one has ${fileSize}.`);
  const length = Number(new DataView(first.buffer, first.byteOffset, 8).getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES)
    throw wrong(`the header would have ${length} bytes, at most ${MAX_HEADER_BYTES} are allowed.`);
  if (length > fileSize - 8)
    throw wrong(`the header has ${length} bytes, the file only ${fileSize - 8} behind its length.`);
  if (length < 2) throw wrong(`a header of ${length} bytes holds nothing.`);
  return length;
}

/**
 * Parses and checks the header: tensors follow each other without hole or overlap and fill the file.
 * @param header exactly the header's bytes. @param dataSize bytes behind it.
 * @throws FormatError
 */
export function parseSafetensorsHeader(header: Uint8Array, dataSize: number): SafetensorsHeader {
  if (header[0] !== 0x7b) throw wrong('the header does not start with "{".');
  const fields = parseStrictJson(decodeUtf8(header), "safetensors");
  if (!isObject(fields)) throw wrong("the header is no object.");
  const metadata = parseMetadata(fields.get("__metadata__"));
  const entries = [...fields]
    .filter(([name]) => name !== "__metadata__")
    .map(([name, field]) => parseEntry(name, field));
  // Empty tensors begin and end at one place: they come before a full one that begins there.
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  requireContiguous(entries, dataSize);
  return { entries, metadata };
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw malformed("safetensors", "the header is not UTF-8.", { cause });
  }
}

function parseMetadata(field: JsonValue | undefined): Map<string, string> {
  if (field === undefined) return new Map();
  if (!isObject(field)) throw wrong("__metadata__ is no object.");
  return new Map(
    [...field].map(([key, value]) => {
      if (typeof value !== "string") throw wrong(`__metadata__ has a value that is no string, at ${quoted(key)}.`);
      return [key, value];
    }),
  );
}

function parseEntry(name: string, field: JsonValue): TensorEntry {
  const tensor = `the tensor ${quoted(name)}`;
  if (!isObject(field)) throw wrong(`${tensor} is not described by an object.`);
  const dtype = field.get("dtype");
  const type = typeof dtype === "string" && Object.hasOwn(TYPES, dtype) ? TYPES[dtype] : undefined;
  if (type === undefined) {
    const shown = typeof dtype === "string" ? quoted(dtype) : "missing";
    throw malformed("safetensors", `${tensor} has the dtype ${shown}.`, {
      fix: `read are ${Object.keys(TYPES).join(", ")}: convert the others where the file was made.`,
    });
  }
  const shape = field.get("shape");
  const offsets = field.get("data_offsets");
  if (!isWholeNumbers(shape)) throw wrong(`${tensor} has no shape of whole numbers.`);
  if (!isWholeNumbers(offsets) || offsets.length !== 2) throw wrong(`${tensor} has no data_offsets [begin, end].`);
  const [begin, end] = offsets as readonly [number, number];
  const needed = byteLengthOf(shape, ELEMENT_TYPES[type].bytes);
  if (begin > end || needed !== end - begin) {
    const size = needed === undefined ? "more bytes than can be counted" : `${needed} bytes`;
    throw wrong(
      `${tensor}, [${shape.join(", ")}] ${type}, needs ${size}, its data_offsets [${begin}, ${end}] say otherwise.`,
    );
  }
  return { name, type, shape, begin, end };
}

function requireContiguous(entries: readonly TensorEntry[], dataSize: number): void {
  let at = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== at) {
      throw wrong(
        `the tensor ${quoted(name)} begins at byte ${begin}, the one before it ends at ${at}: they may neither overlap nor leave a hole.`,
      );
    }
    at = end;
  }
  if (at !== dataSize) throw wrong(`the tensors take ${at} bytes, the file has ${dataSize} for them.`);
}

function isObject(value: JsonValue): value is JsonObject {
  return value instanceof Map;
}

function isWholeNumbers(value: JsonValue | undefined): value is readonly number[] {
  return (
    Array.isArray(value) && value.every((item) => typeof item === "number" && Number.isSafeInteger(item) && item >= 0)
  );
}

function wrong(problem: string): Error {
  return malformed("safetensors", problem);
}
