import { unary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const exp: WasmKernel<"Exp"> = unary({ float32: "exp" });
