import type { WasmKernel } from "../kernel.ts";
import { copyToSlice } from "./shared/slices.ts";
import { fillWith } from "./shared/strided.ts";

export const pad: WasmKernel<"Pad"> = {
  launches: ({ inputs, outputs, attrs: { paddings, constantValue } }) => {
    const [x, y] = [inputs[0]!, outputs[0]!];
    const begin = paddings.map(([before]) => before);
    const inner = { begin, strides: begin.map(() => 1), sizes: x.shape };
    return [fillWith(y, constantValue), ...copyToSlice(x, y, inner)];
  },
};
