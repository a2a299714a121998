import { unary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const isNan: WasmKernel<"IsNan"> = unary({ float32: "isNan" });
