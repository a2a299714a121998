import type { NDArray } from "../../core/ndarray.ts";
import { decodeElements } from "./decode-elements.ts";
import { byteLengthOf, ELEMENT_TYPES, type ElementType } from "./element-type.ts";
import { gunzip, gunzipStart, isGzip } from "./inflate.ts";
import { malformed } from "./malformed.ts";

/** The third byte of the file. */
const TYPES: Readonly<Record<number, ElementType>> = {
  0x08: "uint8",
  0x09: "int8",
  0x0b: "int16",
  0x0c: "int32",
  0x0d: "float32",
  0x0e: "float64",
};

/** What stands before the elements. */
interface IdxHeader {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly dataOffset: number;
  /** Bytes of the elements; undefined when there are too many to count. */
  readonly dataLength: number | undefined;
}

/** Rank is a byte: no header is longer. */
const MAX_HEADER_BYTES = 4 + 4 * 255;

/**
 * Parses an IDX file, the format of MNIST: images are uint8 `[count, height, width]`, labels uint8 `[count]`.
 * @throws FormatError when the file is damaged.
 * @see LeCun, Cortes, Burges, "The MNIST database of handwritten digits", "File formats".
 */
export function parseIdx(bytes: Uint8Array): NDArray {
  const { type, shape, dataOffset, dataLength } = parseHeader(bytes);
  const data = bytes.subarray(dataOffset);
  if (dataLength !== data.length) {
    throw malformed(
      "idx",
      `[${shape.join(", ")}] ${type} needs ${dataLength ?? "too many"} bytes, the file has ${data.length}.`,
    );
  }
  return decodeElements({ what: "idx", type, shape, bytes: data, bigEndian: true });
}

function parseHeader(bytes: Uint8Array): IdxHeader {
  const type = TYPES[bytes[2] ?? 0];
  const rank = bytes[3] ?? 0;
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0 || type === undefined) {
    throw malformed("idx", "the file does not start with two zeros and a known element type.");
  }
  const dataOffset = 4 + 4 * rank;
  if (bytes.length < dataOffset) throw malformed("idx", `the sizes of its ${rank} dimensions are cut short.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  return { type, shape, dataOffset, dataLength: byteLengthOf(shape, ELEMENT_TYPES[type].bytes) };
}

/**
 * The same of a file that may be packed by gzip, as MNIST comes (`train-images-idx3-ubyte.gz`). No more is unpacked than
 * its header announces.
 * @throws FormatError
 */
export async function readIdx(bytes: Uint8Array): Promise<NDArray> {
  if (!isGzip(bytes)) return parseIdx(bytes);
  const { dataOffset, dataLength = 0 } = parseHeader(await gunzipStart(bytes, MAX_HEADER_BYTES));
  return parseIdx(await gunzip(bytes, dataOffset + dataLength));
}
