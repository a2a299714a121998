import { mapLaunches } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const clipByValue: WasmKernel<"ClipByValue"> = {
  launches: (step) => mapLaunches({ float32: "clipByValue" }, step, [step.attrs.min, step.attrs.max]),
};
