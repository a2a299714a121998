import type { ReferenceKernel } from "../kernel.ts";
import { conv2DBackpropInput } from "./conv2d-backprop-input.ts";

export const fusedConv2DBackpropInput: ReferenceKernel<"FusedConv2DBackpropInput"> = (call) => {
  conv2DBackpropInput(call);
  const [dx] = call.outputs;
  const mask = call.inputs[3]!;
  for (let i = 0; i < dx!.data.length; i++) if (!(mask.data[i]! > 0)) dx!.data[i] = 0;
};
