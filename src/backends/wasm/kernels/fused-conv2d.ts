import type { WasmKernel } from "../kernel.ts";
import { conv2dLaunches } from "./conv2d.ts";
import { panelBytes } from "./conv2d-tasks.ts";

export const fusedConv2D: WasmKernel<"FusedConv2D"> = {
  launches: (step, machine) => conv2dLaunches(step, step.inputs[2]?.address ?? 0, step.attrs.activation, machine),
  workspaceBytes: ({ geometry }) => panelBytes(geometry),
  algorithm: () => "implicit im2col",
};
