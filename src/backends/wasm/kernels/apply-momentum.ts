import { ApplyMomentum } from "../../../ops/apply-momentum.ts";
import { applyUpdate } from "./shared/apply.ts";
import type { WasmKernel } from "../kernel.ts";

export const applyMomentum: WasmKernel<"ApplyMomentum"> = {
  launches: (step) =>
    applyUpdate("applyMomentum", ApplyMomentum.inputs, step, { nesterov: step.attrs.nesterov ? 1 : 0 }),
};
