import { unary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const elu: WasmKernel<"Elu"> = unary({ float32: "elu" });
