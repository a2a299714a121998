import type { WasmKernel } from "../kernel.ts";
import { reductionKernel } from "./shared/reduction-kernel.ts";

export const max: WasmKernel<"Max"> = reductionKernel({ float32: "maxFloat", int32: "maxInt", uint8: "maxByte" });
