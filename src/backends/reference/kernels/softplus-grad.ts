import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const softplusGrad: ReferenceKernel<"SoftplusGrad"> = binary((dy, x) => dy / (1 + Math.exp(-x)));
