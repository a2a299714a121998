import type { WasmKernel } from "../kernel.ts";
import { copyToSlice } from "./shared/slices.ts";
import { fillWith } from "./shared/strided.ts";

export const stridedSliceGrad: WasmKernel<"StridedSliceGrad"> = {
  launches: ({ inputs: [dy], outputs: [dx], geometry }) => [fillWith(dx!, 0), ...copyToSlice(dy!, dx!, geometry)],
};
