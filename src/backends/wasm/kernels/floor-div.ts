import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const floorDiv: WasmKernel<"FloorDiv"> = binary({ float32: "floorDiv", int32: "floorDivInt" });
