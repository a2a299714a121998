import type { WasmKernel } from "../kernel.ts";
import { reductionKernel } from "./shared/reduction-kernel.ts";

export const min: WasmKernel<"Min"> = reductionKernel({ float32: "minFloat", int32: "minInt", uint8: "minByte" });
