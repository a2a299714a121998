import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const floorMod: ReferenceKernel<"FloorMod"> = (call) => {
  const isInteger = call.outputs[0]!.dtype === "int32";
  binary((a, b) => (isInteger && b === 0 ? 0 : remainder(a, b)))(call);
};

/** `%` has the sign of a; where that is not b's, one b more. */
function remainder(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}
