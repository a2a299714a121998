import type { WasmKernel } from "../kernel.ts";
import { matMulAlgorithm, matMulLaunches, matMulWorkspaceBytes } from "./mat-mul.ts";

export const fusedMatMul: WasmKernel<"FusedMatMul"> = {
  launches: (step, machine) => matMulLaunches(step, step.inputs[2]?.address ?? 0, step.attrs.activation, machine),
  workspaceBytes: matMulWorkspaceBytes,
  algorithm: matMulAlgorithm,
};
