import { ApplyGradientDescent } from "../../../ops/apply-gradient-descent.ts";
import { applyUpdate } from "./shared/apply.ts";
import type { WasmKernel } from "../kernel.ts";

export const applyGradientDescent: WasmKernel<"ApplyGradientDescent"> = {
  launches: (step) => applyUpdate("applyGradientDescent", ApplyGradientDescent.inputs, step),
};
