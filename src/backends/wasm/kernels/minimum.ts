import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const minimum: WasmKernel<"Minimum"> = binary({ float32: "minimum", int32: "minimumInt", uint8: "minimumByte" });
