import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const softplusGrad: WasmKernel<"SoftplusGrad"> = binary({ float32: "softplusGrad" });
