import type { WasmKernel } from "../kernel.ts";
import { launchPool } from "./shared/pool.ts";

export const avgPool: WasmKernel<"AvgPool"> = {
  launches: ({ inputs: [images], outputs: [pooled], geometry }) =>
    launchPool("avgPool", { images: images!, pooled: pooled! }, geometry, "pooled"),
};
