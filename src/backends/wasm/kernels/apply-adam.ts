import { ApplyAdam } from "../../../ops/apply-adam.ts";
import { applyUpdate } from "./shared/apply.ts";
import type { WasmKernel } from "../kernel.ts";

export const applyAdam: WasmKernel<"ApplyAdam"> = {
  launches: (step) => applyUpdate("applyAdam", ApplyAdam.inputs, step),
};
