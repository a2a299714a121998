import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const tanhGrad: WasmKernel<"TanhGrad"> = binary({ float32: "tanhGrad" });
