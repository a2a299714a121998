import type { WasmKernel } from "../kernel.ts";
import { launchPool } from "./shared/pool.ts";

export const maxPoolGrad: WasmKernel<"MaxPoolGrad"> = {
  launches: ({ inputs: [dy, winners], outputs: [dx], geometry }) =>
    launchPool("maxPoolGrad", { images: dx!, pooled: dy!, winners }, geometry, "images"),
};
