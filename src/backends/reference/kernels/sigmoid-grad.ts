import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const sigmoidGrad: ReferenceKernel<"SigmoidGrad"> = binary((dy, y) => dy * y * (1 - y));
