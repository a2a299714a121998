import { unary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const cos: WasmKernel<"Cos"> = unary({ float32: "cos" });
