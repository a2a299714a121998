import type { DType } from "../../core/dtype.ts";

/** Element types of files, of which Millrace's four are a part. */
export type ElementType =
  | "bool"
  | "uint8"
  | "int8"
  | "uint16"
  | "int16"
  | "uint32"
  | "int32"
  | "uint64"
  | "int64"
  | "float16"
  | "bfloat16"
  | "float32"
  | "float64";

/** Bytes of an element, and what it becomes here: floats become float32, whole numbers int32 where they fit. */
export const ELEMENT_TYPES: Readonly<Record<ElementType, { readonly bytes: number; readonly dtype: DType }>> = {
  bool: { bytes: 1, dtype: "bool" },
  uint8: { bytes: 1, dtype: "uint8" },
  int8: { bytes: 1, dtype: "int32" },
  uint16: { bytes: 2, dtype: "int32" },
  int16: { bytes: 2, dtype: "int32" },
  uint32: { bytes: 4, dtype: "int32" },
  int32: { bytes: 4, dtype: "int32" },
  uint64: { bytes: 8, dtype: "int32" },
  int64: { bytes: 8, dtype: "int32" },
  float16: { bytes: 2, dtype: "float32" },
  bfloat16: { bytes: 2, dtype: "float32" },
  float32: { bytes: 4, dtype: "float32" },
  float64: { bytes: 8, dtype: "float32" },
};

/** The product of a shape's dimensions and an element's bytes; undefined when that is no exact whole number. */
export function byteLengthOf(shape: readonly number[], elementBytes: number): number | undefined {
  let length = elementBytes;
  for (const dimension of shape) {
    if (!Number.isSafeInteger(dimension) || dimension < 0) return undefined;
    length *= dimension;
    if (!Number.isSafeInteger(length)) return undefined;
  }
  return length;
}
