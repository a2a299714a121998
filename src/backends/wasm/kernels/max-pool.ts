import type { WasmKernel } from "../kernel.ts";
import { launchPool } from "./shared/pool.ts";

export const maxPool: WasmKernel<"MaxPool"> = {
  launches: ({ inputs: [images], outputs: [pooled, winners], geometry }) =>
    launchPool("maxPool", { images: images!, pooled: pooled!, winners }, geometry, "pooled"),
};
