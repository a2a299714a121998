import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";
import { normalDensity, normalProbability } from "../normal-distribution.ts";

export const geluGrad: ReferenceKernel<"GeluGrad"> = (call) => {
  const slope = call.attrs.approximate ? approximateSlope : exactSlope;
  binary((dy, x) => dy * slope(x))(call);
};

function exactSlope(x: number): number {
  // At an infinity x p(x) is 0, its limit.
  return normalProbability(x) + (Number.isFinite(x) ? x * normalDensity(x) : 0);
}

/** With s = (1 + tanh u) / 2 and u = sqrt(2/π) (x + 0.044715 x^3): s + 2 x s (1 - s) u'. */
function approximateSlope(x: number): number {
  const scale = Math.sqrt(2 / Math.PI);
  const s = 1 / (1 + Math.exp(-2 * scale * (x + 0.044715 * x ** 3)));
  const rest = s * (1 - s);
  return s + (rest === 0 ? 0 : 2 * x * rest * scale * (1 + 3 * 0.044715 * x * x));
}
