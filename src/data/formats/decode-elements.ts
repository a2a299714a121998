import { NDArray } from "../../core/ndarray.ts";
import { ELEMENT_TYPES, type ElementType } from "./element-type.ts";
import { malformed } from "./malformed.ts";

/** Elements as they stand in a file. */
export interface StoredArray {
  /** What messages call it: `safetensors "conv1.weight"`. */
  readonly what: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Row-major, exactly as many bytes as shape and type need. */
  readonly bytes: Uint8Array;
  /** Most significant byte first; default false. */
  readonly bigEndian?: boolean;
}

/**
 * Elements of a file as an array. Little-endian float32, int32 and uint8 at an aligned place are views of `bytes`;
 * everything else is converted into a new array.
 *
 * @throws FormatError for a whole number outside of int32, and for a boolean that is neither 0 nor 1.
 */
export function decodeElements(stored: StoredArray): NDArray {
  const { type, shape, bytes, bigEndian = false } = stored;
  const { dtype } = ELEMENT_TYPES[type];
  if (type === "bool") requireBooleans(stored);
  if (type === "uint8" || type === "bool") {
    // A Node.js Buffer is one, too, with methods that behave differently.
    return new NDArray(type, shape, new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  }
  if (type === "float32" && !bigEndian) return new NDArray("float32", shape, asFloat32(bytes));
  if (type === "int32" && !bigEndian) {
    const { buffer, byteOffset, length } = aligned(bytes);
    return new NDArray("int32", shape, new Int32Array(buffer, byteOffset, length / 4));
  }
  return dtype === "float32"
    ? new NDArray("float32", shape, convertFloats(stored))
    : new NDArray("int32", shape, convertIntegers(stored));
}

function asFloat32(bytes: Uint8Array): Float32Array {
  const { buffer, byteOffset, length } = aligned(bytes);
  return new Float32Array(buffer, byteOffset, length / 4);
}

/** The same bytes at an address that is a multiple of 4. Not by slice(): a Node.js Buffer's is a view. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
}

function requireBooleans({ what, bytes }: StoredArray): void {
  const at = bytes.findIndex((byte) => byte > 1);
  if (at >= 0) throw malformed(what, `element ${at} is a boolean of value ${bytes[at]}, which is neither 0 nor 1.`);
}

function convertFloats({ type, bytes, bigEndian = false }: StoredArray): Float32Array {
  const width = ELEMENT_TYPES[type].bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const result = new Float32Array(bytes.length / width);
  const bits = new Uint32Array(result.buffer);
  for (let index = 0; index < result.length; index++) {
    const at = index * width;
    if (type === "float64") result[index] = view.getFloat64(at, !bigEndian);
    // bfloat16 is the upper half of a float32.
    else if (type === "bfloat16") bits[index] = view.getUint16(at, !bigEndian) << 16;
    else if (type === "float16") result[index] = fromHalf(view.getUint16(at, !bigEndian));
    else result[index] = view.getFloat32(at, !bigEndian);
  }
  return result;
}

/** IEEE 754 binary16: 1 sign, 5 exponent (bias 15), 10 fraction bits. */
function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

function convertIntegers(stored: StoredArray): Int32Array {
  const { what, type, bytes, bigEndian = false } = stored;
  const width = ELEMENT_TYPES[type].bytes;
  const read = INTEGER_READERS[type as keyof typeof INTEGER_READERS];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const result = new Int32Array(bytes.length / width);
  for (let index = 0; index < result.length; index++) {
    const value = read(view, index * width, !bigEndian);
    result[index] = Number(value);
    if (BigInt(result[index]!) !== BigInt(value)) {
      throw malformed(what, `element ${index} is ${value} (${type}), which int32 does not hold.`, {
        fix: "write it as int32 or float32.",
      });
    }
  }
  return result;
}

type IntegerReader = (view: DataView, at: number, littleEndian: boolean) => number | bigint;

const INTEGER_READERS = {
  int8: (view, at) => view.getInt8(at),
  uint16: (view, at, little) => view.getUint16(at, little),
  int16: (view, at, little) => view.getInt16(at, little),
  uint32: (view, at, little) => view.getUint32(at, little),
  int32: (view, at, little) => view.getInt32(at, little),
  uint64: (view, at, little) => view.getBigUint64(at, little),
  int64: (view, at, little) => view.getBigInt64(at, little),
} satisfies Partial<Record<ElementType, IntegerReader>>;
