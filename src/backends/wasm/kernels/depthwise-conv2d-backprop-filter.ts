import { launch, type WasmKernel } from "../kernel.ts";
import { depthwiseArgs } from "./depthwise-conv2d.ts";

/** Output channels of a task. */
const SLICE = 32;

export const depthwiseConv2DBackpropFilter: WasmKernel<"DepthwiseConv2DBackpropFilter"> = {
  launches: ({ inputs, outputs, geometry: g }) => {
    const [images, dy] = inputs;
    const args = depthwiseArgs(g, images!.address, outputs[0]!.address, dy!.address);
    const tasks = g.kernelHeight * g.kernelWidth * Math.ceil(g.outChannels / SLICE);
    return [launch("depthwiseFilterGradient", tasks, args)];
  },
};
