import { unary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const square: WasmKernel<"Square"> = unary({ float32: "square", int32: "squareInt" });
