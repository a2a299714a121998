import type { WasmKernel } from "../kernel.ts";
import { copyFromSlice } from "./shared/slices.ts";

export const stridedSlice: WasmKernel<"StridedSlice"> = {
  launches: ({ inputs: [x], outputs: [y], geometry }) => copyFromSlice(x!, y!, geometry),
};
