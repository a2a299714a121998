import { binary } from "../elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const sigmoidGrad: WasmKernel<"SigmoidGrad"> = binary({ float32: "sigmoidGrad" });
