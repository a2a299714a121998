import { BYTES_PER_ELEMENT } from "../../core/dtype.ts";
import { InternalError } from "../../core/errors.ts";
import type { NDArray } from "../../core/ndarray.ts";
import { sizeOf } from "../../core/shape.ts";

/** The elements in row-major order, little-endian: a view of the array's data where that is stored so. */
export function encodeElements(array: NDArray): Uint8Array {
  const data = array.data instanceof Float64Array ? new Float32Array(array.data) : array.data;
  if (data.byteLength !== encodedLength(array)) {
    throw new InternalError({ problem: `an array of ${array.dtype} is stored as ${data.constructor.name}.` });
  }
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** Bytes that `encodeElements` gives. */
export function encodedLength({ dtype, shape }: NDArray): number {
  return sizeOf(shape) * BYTES_PER_ELEMENT[dtype];
}
