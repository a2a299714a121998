import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const sigmoidCrossEntropyWithLogits: ReferenceKernel<"SigmoidCrossEntropyWithLogits"> = binary(
  (z, x) => Math.max(x, 0) - x * z + Math.log1p(Math.exp(-Math.abs(x))),
);
