import type { WasmKernel } from "../kernel.ts";
import { reductionKernel } from "./shared/reduction-kernel.ts";

export const sum: WasmKernel<"Sum"> = reductionKernel({ float32: "sumFloat", int32: "sumInt" });
