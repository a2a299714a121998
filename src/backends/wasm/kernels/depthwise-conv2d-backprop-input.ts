import { launch, type WasmKernel } from "../kernel.ts";
import { depthwiseArgs } from "./depthwise-conv2d.ts";

export const depthwiseConv2DBackpropInput: WasmKernel<"DepthwiseConv2DBackpropInput"> = {
  launches: ({ inputs, outputs, geometry: g }) => {
    const [filter, dy] = inputs;
    const args = depthwiseArgs(g, outputs[0]!.address, filter!.address, dy!.address);
    return [launch("depthwiseInputGradient", g.batch * g.inHeight, args)];
  },
};
