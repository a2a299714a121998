import type { WasmKernel } from "../kernel.ts";
import { reductionKernel } from "./shared/reduction-kernel.ts";

export const argMax: WasmKernel<"ArgMax"> = reductionKernel(
  { float32: "argMaxFloat", int32: "argMaxInt", uint8: "argMaxByte" },
  { splits: false },
);
