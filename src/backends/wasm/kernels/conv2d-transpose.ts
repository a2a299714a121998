import type { WasmKernel } from "../kernel.ts";
import { conv2dBackpropInput } from "./conv2d-backprop-input.ts";

/** The gradient of the convolution it transposes, whose geometry it has: our images are what goes back. */
export const conv2dTranspose: WasmKernel<"Conv2DTranspose"> = {
  launches: ({ inputs: [images, filter], ...step }, machine) =>
    conv2dBackpropInput.launches({ ...step, inputs: [filter!, images!] }, machine),
  workspaceBytes: (step, machine) =>
    conv2dBackpropInput.workspaceBytes?.({ ...step, op: "Conv2DBackpropInput" }, machine) ?? 0,
  algorithm: (step, wish) =>
    conv2dBackpropInput.algorithm?.({ ...step, op: "Conv2DBackpropInput" }, wish) ?? "implicit im2col",
};
