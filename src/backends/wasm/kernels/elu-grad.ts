import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const eluGrad: WasmKernel<"EluGrad"> = binary({ float32: "eluGrad" });
