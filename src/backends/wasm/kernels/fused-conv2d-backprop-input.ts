import type { WasmKernel } from "../kernel.ts";
import { inputGradientAlgorithm, inputGradientLaunches, inputGradientWorkspaceBytes } from "./conv2d-backprop-input.ts";

export const fusedConv2DBackpropInput: WasmKernel<"FusedConv2DBackpropInput"> = {
  launches: (step, machine) => inputGradientLaunches(step, step.inputs[3]!.address, machine),
  workspaceBytes: inputGradientWorkspaceBytes,
  algorithm: inputGradientAlgorithm,
};
