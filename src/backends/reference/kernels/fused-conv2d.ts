import { finish } from "../epilogue.ts";
import type { ReferenceKernel } from "../kernel.ts";
import { conv2D } from "./conv2d.ts";

export const fusedConv2D: ReferenceKernel<"FusedConv2D"> = (call) => {
  conv2D(call);
  finish(call.outputs[0]!, call.inputs[2], call.attrs.activation);
};
