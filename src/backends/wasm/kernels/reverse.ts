import type { WasmKernel } from "../kernel.ts";
import { copyFromSlice } from "./shared/slices.ts";

export const reverse: WasmKernel<"ReverseV2"> = {
  launches: ({ inputs, outputs, geometry: { axes } }) => {
    const x = inputs[0]!;
    const turned = x.shape.map((_, axis) => axes.includes(axis));
    return copyFromSlice(x, outputs[0]!, {
      begin: turned.map((isTurned, axis) => (isTurned ? x.shape[axis]! - 1 : 0)),
      strides: turned.map((isTurned) => (isTurned ? -1 : 1)),
      sizes: x.shape,
    });
  },
};
