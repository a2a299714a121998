import type { WasmKernel } from "../kernel.ts";
import { copyFromSlice } from "./shared/slices.ts";

export const slice: WasmKernel<"Slice"> = {
  launches: ({ inputs: [x], outputs: [y], geometry }) => copyFromSlice(x!, y!, geometry),
};
