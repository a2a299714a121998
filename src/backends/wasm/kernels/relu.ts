import { unary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const relu: WasmKernel<"Relu"> = unary({ float32: "relu" });
