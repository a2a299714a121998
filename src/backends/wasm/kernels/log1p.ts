import { unary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const log1p: WasmKernel<"Log1p"> = unary({ float32: "log1p" });
