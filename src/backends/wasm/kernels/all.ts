import type { WasmKernel } from "../kernel.ts";
import { reductionKernel } from "./shared/reduction-kernel.ts";

export const all: WasmKernel<"All"> = reductionKernel({ bool: "allByte" });
