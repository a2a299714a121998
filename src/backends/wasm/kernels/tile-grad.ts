import type { ConcreteShape } from "../../../core/shape.ts";
import type { WasmKernel } from "../kernel.ts";
import { planReduction, type ReductionPlan, reductionLaunches } from "./shared/reduce.ts";
import { fillWith } from "./shared/strided.ts";

/** dy is [multiples[0], x.shape[0], multiples[1], x.shape[1], ...]: the sum over every other axis. */
export const tileGrad: WasmKernel<"TileGrad"> = {
  launches: ({ inputs, outputs, attrs: { multiples }, workspace }) => {
    const [dy, dx] = [inputs[0]!, outputs[0]!];
    // No copies at all: nothing to add up.
    if (multiples.includes(0)) return [fillWith(dx, 0)];
    const details = { kernel: "sumFloat", x: dy.address, y: dx.address, workspace };
    return reductionLaunches(planSum(dx.shape, multiples), details);
  },
  workspaceBytes: ({ outputs, attrs }) => planSum(outputs[0]!.shape, attrs.multiples).workspaceBytes,
};

function planSum(shape: ConcreteShape, multiples: readonly number[]): ReductionPlan {
  return planReduction(
    shape.flatMap((dimension, axis) => [multiples[axis]!, dimension]),
    shape.map((_, axis) => 2 * axis),
  );
}
