import type { DType } from "../../../core/dtype.ts";
import type { ReferenceKernel } from "../kernel.ts";
import { reducing } from "../reduction.ts";

// Math.min keeps NaN.
export const min: ReferenceKernel<"Min"> = reducing((elements, { dtype }) =>
  elements.reduce((smallest, x) => Math.min(smallest, x), greatest(dtype)),
);

function greatest(dtype: DType): number {
  if (dtype === "float32") return Number.POSITIVE_INFINITY;
  return dtype === "int32" ? 2 ** 31 - 1 : 255;
}
