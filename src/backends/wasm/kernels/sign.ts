import { unary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const sign: WasmKernel<"Sign"> = unary({ float32: "sign", int32: "signInt" });
