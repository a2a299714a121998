import type { WasmKernel } from "../kernel.ts";
import { launchPool } from "./shared/pool.ts";

export const maxPoolGradGrad: WasmKernel<"MaxPoolGradGrad"> = {
  launches: ({ inputs: [images, winners], outputs: [picked], geometry }) =>
    launchPool("maxPoolGradGrad", { images: images!, pooled: picked!, winners }, geometry, "pooled"),
};
