import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const mul: WasmKernel<"Mul"> = binary({ float32: "mul", int32: "mulInt", uint8: "mulByte" });
