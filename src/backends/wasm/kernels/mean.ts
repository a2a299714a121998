import type { WasmKernel } from "../kernel.ts";
import { reductionKernel } from "./shared/reduction-kernel.ts";

export const mean: WasmKernel<"Mean"> = reductionKernel({ float32: "sumFloat" }, { mean: true });
