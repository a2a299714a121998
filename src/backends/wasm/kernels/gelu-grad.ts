import { combineLaunches } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const geluGrad: WasmKernel<"GeluGrad"> = {
  launches: (step) => combineLaunches({ float32: step.attrs.approximate ? "geluApproximateGrad" : "geluGrad" }, step),
};
