import type { ReferenceKernel } from "../kernel.ts";
import { reducing } from "../reduction.ts";

export const argMin: ReferenceKernel<"ArgMin"> = reducing((elements) => {
  const nan = elements.findIndex(Number.isNaN);
  return nan >= 0 ? nan : elements.indexOf(elements.reduce((smallest, x) => Math.min(smallest, x)));
});
