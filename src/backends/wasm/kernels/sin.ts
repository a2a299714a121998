import { unary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const sin: WasmKernel<"Sin"> = unary({ float32: "sin" });
