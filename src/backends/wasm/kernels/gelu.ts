import { mapLaunches } from "./shared/elementwise.ts";
import type { WasmKernel } from "../kernel.ts";

export const gelu: WasmKernel<"Gelu"> = {
  launches: (step) => mapLaunches({ float32: step.attrs.approximate ? "geluApproximate" : "gelu" }, step),
};
