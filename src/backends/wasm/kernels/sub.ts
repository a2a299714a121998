import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const sub: WasmKernel<"Sub"> = binary({ float32: "sub", int32: "subInt", uint8: "subByte" });
