import { unary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const relu6: WasmKernel<"Relu6"> = unary({ float32: "relu6" });
