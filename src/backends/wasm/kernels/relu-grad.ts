import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const reluGrad: WasmKernel<"ReluGrad"> = binary({ float32: "reluGrad" });
