import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const relu6Grad: WasmKernel<"Relu6Grad"> = binary({ float32: "relu6Grad" });
