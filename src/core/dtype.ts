/** Element types. `float32` is what networks compute in; `uint8` holds images, `bool` is stored as a byte 0 or 1. */
export type DType = "float32" | "int32" | "bool" | "uint8";

/** Host storage of a dtype. The reference backend hands float32 tensors out as Float64Array, at its own precision. */
export interface HostDataOf {
  float32: Float32Array | Float64Array;
  int32: Int32Array;
  bool: Uint8Array;
  uint8: Uint8Array;
}

export type HostData = Float32Array | Float64Array | Int32Array | Uint8Array;

export const BYTES_PER_ELEMENT: Readonly<Record<DType, number>> = { float32: 4, int32: 4, bool: 1, uint8: 1 };

/** A new zeroed host array. */
export function allocate(dtype: DType, length: number): Float32Array | Int32Array | Uint8Array {
  if (dtype === "float32") return new Float32Array(length);
  return dtype === "int32" ? new Int32Array(length) : new Uint8Array(length);
}
