import { unary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const rsqrt: WasmKernel<"Rsqrt"> = unary({ float32: "rsqrt" });
