import { unary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const floor: WasmKernel<"Floor"> = unary({ float32: "floor" });
