import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const lessEqual: WasmKernel<"LessEqual"> = binary({
  float32: "lessEqual",
  int32: "lessEqualInt",
  uint8: "lessEqualByte",
});
