import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const tanhGrad: ReferenceKernel<"TanhGrad"> = binary((dy, y) => dy * (1 - y * y));
