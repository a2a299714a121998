import type { WasmKernel } from "../kernel.ts";
import { reductionKernel } from "./shared/reduction-kernel.ts";

export const any: WasmKernel<"Any"> = reductionKernel({ bool: "maxByte" });
