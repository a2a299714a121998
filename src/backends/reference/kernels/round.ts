import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const round: ReferenceKernel<"Round"> = unary(halfToEven);

function halfToEven(x: number): number {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}
