import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const reluGrad: ReferenceKernel<"ReluGrad"> = binary((dy, y) => (y > 0 ? dy : 0));
