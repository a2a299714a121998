import type { ReferenceKernel } from "../kernel.ts";
import { conv2DBackpropFilter } from "./conv2d-backprop-filter.ts";

/** A convolution with one group for each channel: the geometry says so. */
export const depthwiseConv2DBackpropFilter: ReferenceKernel<"DepthwiseConv2DBackpropFilter"> = conv2DBackpropFilter;
