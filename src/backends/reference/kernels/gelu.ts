import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";
import { normalProbability } from "../normal-distribution.ts";

export const gelu: ReferenceKernel<"Gelu"> = (call) => {
  const probability = call.attrs.approximate ? approximateProbability : normalProbability;
  unary((x) => x * probability(x))(call);
};

/** (1 + tanh u) / 2 with u = sqrt(2/π) (x + 0.044715 x^3), written so that nothing cancels. */
function approximateProbability(x: number): number {
  return 1 / (1 + Math.exp(-2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
}
