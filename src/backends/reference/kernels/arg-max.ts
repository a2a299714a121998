import type { ReferenceKernel } from "../kernel.ts";
import { reducing } from "../reduction.ts";

export const argMax: ReferenceKernel<"ArgMax"> = reducing((elements) => {
  const nan = elements.findIndex(Number.isNaN);
  return nan >= 0 ? nan : elements.indexOf(elements.reduce((largest, x) => Math.max(largest, x)));
});
