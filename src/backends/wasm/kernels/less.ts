import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const less: WasmKernel<"Less"> = binary({ float32: "less", int32: "lessInt", uint8: "lessByte" });
