import { ApplyRMSProp } from "../../../ops/apply-rms-prop.ts";
import { applyUpdate } from "./shared/apply.ts";
import type { WasmKernel } from "../kernel.ts";

export const applyRMSProp: WasmKernel<"ApplyRMSProp"> = {
  launches: (step) => applyUpdate("applyRMSProp", ApplyRMSProp.inputs, step),
};
