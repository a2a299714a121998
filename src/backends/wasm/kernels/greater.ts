import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const greater: WasmKernel<"Greater"> = binary({ float32: "greater", int32: "greaterInt", uint8: "greaterByte" });
