import { unary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const isFinite: WasmKernel<"IsFinite"> = unary({ float32: "isFinite" });
