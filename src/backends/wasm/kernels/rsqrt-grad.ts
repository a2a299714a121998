import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const rsqrtGrad: WasmKernel<"RsqrtGrad"> = binary({ float32: "rsqrtGrad" });
