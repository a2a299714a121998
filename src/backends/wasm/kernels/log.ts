import { unary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const log: WasmKernel<"Log"> = unary({ float32: "log" });
