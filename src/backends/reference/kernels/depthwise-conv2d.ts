import type { ReferenceKernel } from "../kernel.ts";
import { conv2D } from "./conv2d.ts";

/** A convolution with one group for each channel: the geometry says so. */
export const depthwiseConv2D: ReferenceKernel<"DepthwiseConv2D"> = conv2D;
