import { unary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const ceil: WasmKernel<"Ceil"> = unary({ float32: "ceil" });
