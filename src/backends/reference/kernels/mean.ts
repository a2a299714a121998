import type { ReferenceKernel } from "../kernel.ts";
import { reducing } from "../reduction.ts";

export const mean: ReferenceKernel<"Mean"> = reducing(
  (elements) => elements.reduce((total, x) => total + x, 0) / elements.length,
);
