import { unary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const tanh: WasmKernel<"Tanh"> = unary({ float32: "tanh" });
