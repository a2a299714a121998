import type { DType } from "../../../core/dtype.ts";
import { type KernelNames, mapLaunches } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

/**
 * The kernel by the dtype it makes, then by the dtype it reads. Booleans are bytes 0 and 1: to read one is to read a
 * uint8. A tensor that has the dtype already is only there in plans whose identities were left in.
 */
const KERNELS: Readonly<Record<DType, KernelNames>> = {
  float32: { float32: "castWord", int32: "castIntToFloat", uint8: "castByteToFloat", bool: "castByteToFloat" },
  int32: { float32: "castFloatToInt", int32: "castWord", uint8: "castByteToInt", bool: "castByteToInt" },
  uint8: { float32: "castFloatToByte", int32: "castIntToByte", uint8: "castByte", bool: "castByte" },
  bool: { float32: "castFloatToBool", int32: "castIntToBool", uint8: "castByteToBool", bool: "castByte" },
};

export const cast: WasmKernel<"Cast"> = {
  launches: (step) => mapLaunches(KERNELS[step.attrs.dtype], step),
};
