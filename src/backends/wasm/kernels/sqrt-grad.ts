import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const sqrtGrad: WasmKernel<"SqrtGrad"> = binary({ float32: "sqrtGrad" });
