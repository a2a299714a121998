import type { ReferenceKernel } from "../kernel.ts";
import { reducing } from "../reduction.ts";

export const logSumExp: ReferenceKernel<"LogSumExp"> = reducing((elements) => {
  const largest = elements.reduce((most, x) => Math.max(most, x), Number.NEGATIVE_INFINITY);
  // Infinity minus infinity would be NaN.
  const shift = Number.isFinite(largest) ? largest : 0;
  return shift + Math.log(elements.reduce((total, x) => total + Math.exp(x - shift), 0));
});
