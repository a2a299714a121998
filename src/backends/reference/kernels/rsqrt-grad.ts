import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const rsqrtGrad: ReferenceKernel<"RsqrtGrad"> = binary((dy, y) => -0.5 * dy * y * y * y);
