import { ApplyAdagrad } from "../../../ops/apply-adagrad.ts";
import { applyUpdate } from "./shared/apply.ts";
import type { WasmKernel } from "../kernel.ts";

export const applyAdagrad: WasmKernel<"ApplyAdagrad"> = {
  launches: (step) => applyUpdate("applyAdagrad", ApplyAdagrad.inputs, step),
};
