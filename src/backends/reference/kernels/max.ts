import type { DType } from "../../../core/dtype.ts";
import type { ReferenceKernel } from "../kernel.ts";
import { reducing } from "../reduction.ts";

// Math.max keeps NaN.
export const max: ReferenceKernel<"Max"> = reducing((elements, { dtype }) =>
  elements.reduce((largest, x) => Math.max(largest, x), least(dtype)),
);

function least(dtype: DType): number {
  if (dtype === "float32") return Number.NEGATIVE_INFINITY;
  return dtype === "int32" ? -(2 ** 31) : 0;
}
