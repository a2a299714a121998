import { unary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const neg: WasmKernel<"Neg"> = unary({ float32: "neg", int32: "negInt" });
