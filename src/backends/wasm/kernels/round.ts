import { unary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const round: WasmKernel<"Round"> = unary({ float32: "round" });
