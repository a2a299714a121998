import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const floorMod: WasmKernel<"FloorMod"> = binary({ float32: "floorMod", int32: "floorModInt" });
