import type { WasmKernel } from "../kernel.ts";
import { copyToSlice } from "../slices.ts";
import { fillWith } from "../strided.ts";

export const stridedSliceGrad: WasmKernel<"StridedSliceGrad"> = {
  launches: ({ inputs: [dy], outputs: [dx], geometry }) => [fillWith(dx!, 0), ...copyToSlice(dy!, dx!, geometry)],
};
