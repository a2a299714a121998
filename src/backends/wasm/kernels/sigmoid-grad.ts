import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const sigmoidGrad: WasmKernel<"SigmoidGrad"> = binary({ float32: "sigmoidGrad" });
