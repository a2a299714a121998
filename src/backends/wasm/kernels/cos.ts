import { unary } from "../elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const cos: WasmKernel<"Cos"> = unary({ float32: "cos" });
