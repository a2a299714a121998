import type { WasmKernel } from "../kernel.ts";
import { launchPool } from "./shared/pool.ts";

export const avgPoolGrad: WasmKernel<"AvgPoolGrad"> = {
  launches: ({ inputs: [dy], outputs: [dx], geometry }) =>
    launchPool("avgPoolGrad", { images: dx!, pooled: dy! }, geometry, "images"),
};
