import { binary } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const squaredDifference: WasmKernel<"SquaredDifference"> = binary({
  float32: "squaredDifference",
  int32: "squaredDifferenceInt",
});
