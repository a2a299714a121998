import { allocate, type DType } from "../../core/dtype.ts";
import { NDArray } from "../../core/ndarray.ts";
import { type ConcreteShape, sizeOf } from "../../core/shape.ts";
import { decodeElements } from "./decode-elements.ts";
import { byteLengthOf, ELEMENT_TYPES } from "./element-type.ts";
import { encodeElements } from "./encode-elements.ts";
import { malformed } from "./malformed.ts";
import { parseNpyHeader } from "./npy-header.ts";

/**
 * Parses a .npy file of numbers or booleans, row-major or column-major, of either byte order. Little-endian float32,
 * int32 and uint8 are views of `bytes` where they are aligned.
 *
 * @throws FormatError when the file is damaged, or holds anything but plain numbers (objects would be pickles).
 * @see NumPy, numpy.lib.format.
 */
export function parseNpy(bytes: Uint8Array): NDArray {
  const { type, bigEndian, fortranOrder, shape, dataOffset } = parseNpyHeader(bytes);
  const needed = byteLengthOf(shape, ELEMENT_TYPES[type].bytes);
  const data = bytes.subarray(dataOffset);
  if (needed !== data.length) {
    throw malformed(
      "npy",
      `[${shape.join(", ")}] ${type} needs ${needed ?? "too many"} bytes, the file has ${data.length}.`,
    );
  }
  const stored = decodeElements({
    what: "npy",
    type,
    shape: fortranOrder ? shape.toReversed() : shape,
    bytes: data,
    bigEndian,
  });
  return fortranOrder ? reversedAxes(stored) : stored;
}

/** The transpose over all axes: what column-major bytes are when they were read as row-major. */
function reversedAxes(array: NDArray): NDArray {
  const { dtype, data } = array;
  const shape = array.shape.toReversed();
  const result = allocate(dtype, data.length);
  // Strides of the result's axes in the data: the first axis runs fastest.
  const strides = shape.map((_, axis) => sizeOf(shape.slice(0, axis)));
  const index = new Array<number>(shape.length).fill(0);
  let from = 0;
  for (let to = 0; to < result.length; to++) {
    result[to] = data[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return new NDArray(dtype, shape, result);
}

const CODES: Readonly<Record<DType, string>> = { float32: "<f4", int32: "<i4", bool: "|b1", uint8: "|u1" };

/** A .npy file, as `numpy.save` writes it. */
export function serializeNpy(array: NDArray): Uint8Array {
  const data = encodeElements(array);
  const header = encodeHeader(array.dtype, array.shape);
  const file = new Uint8Array(header.length + data.length);
  file.set(header);
  file.set(data, header.length);
  return file;
}

/** The header of version 1.0, filled up so that the elements begin at a multiple of 64. */
function encodeHeader(dtype: DType, shape: ConcreteShape): Uint8Array {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${CODES[dtype]}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const total = Math.ceil((10 + text.length + 1) / 64) * 64;
  const header = new Uint8Array(total).fill(0x20);
  header.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0]);
  new DataView(header.buffer).setUint16(8, total - 10, true);
  header.set(new TextEncoder().encode(text), 10);
  header[total - 1] = 0x0a;
  return header;
}
