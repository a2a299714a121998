import { unary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const sigmoid: WasmKernel<"Sigmoid"> = unary({ float32: "sigmoid" });
