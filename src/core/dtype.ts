import { ValueError } from "./errors.ts";

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

/** The dtype that a typed array is of by its class, `null` for other things. Bytes are uint8, though bool is stored so too. */
export function dtypeOfData(data: unknown): "float32" | "int32" | "uint8" | null {
  if (data instanceof Float32Array || data instanceof Float64Array) return "float32";
  if (data instanceof Int32Array) return "int32";
  return data instanceof Uint8Array || data instanceof Uint8ClampedArray ? "uint8" : null;
}

/** Whether a typed array may store elements of `dtype`. */
export function holds(data: unknown, dtype: DType): boolean {
  return dtypeOfData(data) === (dtype === "bool" ? "uint8" : dtype);
}

export function isDType(name: unknown): name is DType {
  return typeof name === "string" && Object.hasOwn(BYTES_PER_ELEMENT, name);
}

/** What errors say instead of a dtype that there is none of. */
export const DTYPES_FIX: string = `use one of ${Object.keys(BYTES_PER_ELEMENT).join(", ")}.`;

/** @throws ValueError for names that are no dtype, as JavaScript programs may pass. */
export function requireKnownDType(dtype: unknown): asserts dtype is DType {
  if (!isDType(dtype)) throw new ValueError({ problem: `there is no dtype ${String(dtype)}.`, fix: DTYPES_FIX });
}
