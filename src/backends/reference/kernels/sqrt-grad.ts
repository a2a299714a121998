import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const sqrtGrad: ReferenceKernel<"SqrtGrad"> = binary((dy, y) => (dy * 0.5) / y);
