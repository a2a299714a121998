import { unary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const sqrt: WasmKernel<"Sqrt"> = unary({ float32: "sqrt" });
