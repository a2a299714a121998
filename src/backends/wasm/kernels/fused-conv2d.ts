import { chooseConvolution } from "../algorithms.ts";
import type { WasmKernel } from "../kernel.ts";
import { conv2dLaunches, conv2dWorkspaceBytes } from "./conv2d.ts";

export const fusedConv2D: WasmKernel<"FusedConv2D"> = {
  launches: (step, machine) => conv2dLaunches(step, step.inputs[2]?.address ?? 0, step.attrs.activation, machine),
  workspaceBytes: conv2dWorkspaceBytes,
  algorithm: ({ geometry }, wish) => chooseConvolution(geometry, wish),
};
