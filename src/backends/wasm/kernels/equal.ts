import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const equal: WasmKernel<"Equal"> = binary({
  float32: "equal",
  int32: "equalInt",
  uint8: "equalByte",
  bool: "equalByte",
});
