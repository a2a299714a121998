import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const greaterEqual: WasmKernel<"GreaterEqual"> = binary({
  float32: "greaterEqual",
  int32: "greaterEqualInt",
  uint8: "greaterEqualByte",
});
