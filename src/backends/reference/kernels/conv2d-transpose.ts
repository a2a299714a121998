import type { ReferenceKernel } from "../kernel.ts";
import { conv2DBackpropInput } from "./conv2d-backprop-input.ts";

/** The gradient of the convolution it transposes, whose geometry it has: our images are what goes back. */
export const conv2DTranspose: ReferenceKernel<"Conv2DTranspose"> = ({
  inputs: [images, filter],
  outputs,
  geometry,
}) => {
  conv2DBackpropInput({ inputs: [filter!, images!], outputs, geometry });
};
