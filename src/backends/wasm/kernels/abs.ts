import { unary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const abs: WasmKernel<"Abs"> = unary({ float32: "abs", int32: "absInt" });
