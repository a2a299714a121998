import type { WasmKernel } from "../kernel.ts";
import { launchLrn } from "./shared/response-normalization.ts";

export const lrn: WasmKernel<"LRN"> = {
  launches: ({ inputs: [x], outputs: [y], attrs }) => launchLrn("lrn", { x: x!.address, y: y!.address }, x!, attrs),
};
