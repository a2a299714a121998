import type { WasmKernel } from "../kernel.ts";
import { inputGradientAlgorithm, inputGradientLaunches, inputGradientWorkspaceBytes } from "./conv2d-backprop-input.ts";

/** The gradient of the convolution it transposes, whose geometry it has: our images are what goes back. */
export const conv2dTranspose: WasmKernel<"Conv2DTranspose"> = {
  launches: ({ inputs: [images, filter], ...step }, machine) =>
    inputGradientLaunches({ ...step, inputs: [filter!, images!] }, 0, machine),
  workspaceBytes: inputGradientWorkspaceBytes,
  algorithm: inputGradientAlgorithm,
};
