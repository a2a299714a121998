import { ApplyCenteredRMSProp } from "../../../ops/apply-centered-rms-prop.ts";
import { applyUpdate } from "./shared/apply.ts";
import type { WasmKernel } from "../kernel.ts";

export const applyCenteredRMSProp: WasmKernel<"ApplyCenteredRMSProp"> = {
  launches: (step) => applyUpdate("applyCenteredRMSProp", ApplyCenteredRMSProp.inputs, step),
};
