import { combineLaunches } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const clipByValueGrad: WasmKernel<"ClipByValueGrad"> = {
  launches: (step) => combineLaunches({ float32: "clipByValueGrad" }, step, [step.attrs.min, step.attrs.max]),
};
