import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const add: WasmKernel<"Add"> = binary({ float32: "add", int32: "addInt", uint8: "addByte" });
