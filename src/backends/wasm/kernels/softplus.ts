import { unary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const softplus: WasmKernel<"Softplus"> = unary({ float32: "softplus" });
