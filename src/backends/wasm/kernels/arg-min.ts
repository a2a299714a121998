import type { WasmKernel } from "../kernel.ts";
import { reductionKernel } from "./shared/reduction-kernel.ts";

export const argMin: WasmKernel<"ArgMin"> = reductionKernel(
  { float32: "argMinFloat", int32: "argMinInt", uint8: "argMinByte" },
  { splits: false },
);
