import type { ReferenceKernel } from "../kernel.ts";
import { conv2DBackpropInput } from "./conv2d-backprop-input.ts";

/** A convolution with one group for each channel: the geometry says so. */
export const depthwiseConv2DBackpropInput: ReferenceKernel<"DepthwiseConv2DBackpropInput"> = conv2DBackpropInput;
