import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const notEqual: WasmKernel<"NotEqual"> = binary({
  float32: "notEqual",
  int32: "notEqualInt",
  uint8: "notEqualByte",
  bool: "notEqualByte",
});
