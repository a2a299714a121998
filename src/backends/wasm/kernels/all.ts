import type { WasmKernel } from "../kernel.ts";
import { reductionKernel } from "../reduction-kernel.ts";

export const all: WasmKernel<"All"> = reductionKernel({ bool: "allByte" });
