import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const pow: ReferenceKernel<"Pow"> = binary(power);

/** As in C: where JavaScript gives NaN for 1 to the power of NaN and for -1 or 1 to an infinite power, the result is 1. */
function power(a: number, b: number): number {
  if (a === 1 || (a === -1 && Math.abs(b) === Infinity)) return 1;
  return a ** b;
}
