import type { ConcreteShape } from "../../../core/shape.ts";
import type { WasmKernel } from "../kernel.ts";
import { planReduction, reductionLaunches } from "./shared/reduce.ts";

export const sumLike: WasmKernel<"SumLike"> = {
  launches: ({ inputs, outputs, workspace }) => {
    const [x, y] = [inputs[0]!, outputs[0]!];
    const plan = planReduction(x.shape, stretchedAxes(x.shape, y.shape));
    const kernel = x.dtype === "float32" ? "sumFloat" : "sumInt";
    return reductionLaunches(plan, { kernel, x: x.address, y: y.address, workspace });
  },
  workspaceBytes: ({ inputs, outputs }) => {
    const shape = inputs[0]!.shape;
    return planReduction(shape, stretchedAxes(shape, outputs[0]!.shape)).workspaceBytes;
  },
};

/** The axes along which `from` was repeated to make `to`. */
function stretchedAxes(to: ConcreteShape, from: ConcreteShape): number[] {
  const missing = to.length - from.length;
  return to.flatMap((_, axis) => (axis < missing || from[axis - missing] === 1 ? [axis] : []));
}
