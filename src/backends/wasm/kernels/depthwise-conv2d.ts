import type { Conv2DGeometry } from "../../../ops/shared/conv2d-geometry.ts";
import { launch, type WasmKernel } from "../kernel.ts";

export const depthwiseConv2D: WasmKernel<"DepthwiseConv2D"> = {
  launches: ({ inputs, outputs, geometry: g }) => {
    const [images, filter] = inputs;
    return [
      launch(
        "depthwise",
        g.batch * g.outHeight,
        depthwiseArgs(g, images!.address, filter!.address, outputs[0]!.address),
      ),
    ];
  },
};

/** The record of all three depthwise kernels, in the order of DepthwiseArgs in assembly/depthwise.ts. */
export function depthwiseArgs(g: Conv2DGeometry, x: number, filter: number, y: number): Record<string, number> {
  return {
    x,
    filter,
    y,
    batch: g.batch,
    inHeight: g.inHeight,
    inWidth: g.inWidth,
    inChannels: g.inChannels,
    // No channels, no tasks: any multiplier does.
    multiplier: g.inChannels === 0 ? 1 : g.outChannels / g.inChannels,
    outHeight: g.outHeight,
    outWidth: g.outWidth,
    kernelHeight: g.kernelHeight,
    kernelWidth: g.kernelWidth,
    strideHeight: g.strideHeight,
    strideWidth: g.strideWidth,
    dilationHeight: g.dilationHeight,
    dilationWidth: g.dilationWidth,
    padTop: g.padTop,
    padLeft: g.padLeft,
  };
}
