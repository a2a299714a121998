import { combineLaunches } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const leakyReluGrad: WasmKernel<"LeakyReluGrad"> = {
  launches: (step) => combineLaunches({ float32: "leakyReluGrad" }, step, [step.attrs.alpha]),
};
