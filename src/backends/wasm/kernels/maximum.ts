import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const maximum: WasmKernel<"Maximum"> = binary({ float32: "maximum", int32: "maximumInt", uint8: "maximumByte" });
