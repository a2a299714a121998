import type { WasmKernel } from "../kernel.ts";
import { launchLrn } from "./shared/response-normalization.ts";

export const lrnGrad: WasmKernel<"LRNGrad"> = {
  launches: ({ inputs: [dy, x], outputs: [dx], attrs }) =>
    launchLrn("lrnGrad", { dy: dy!.address, x: x!.address, dx: dx!.address }, x!, attrs),
};
