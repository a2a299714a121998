import type { AxisArgument, AxisProblem, Reduce } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { elementsPerResult } from "./shared/elements-per-result.ts";
import {
  applyReduction,
  defineReduction,
  type ReduceOptions,
  type ReductionAttrs,
  type ReductionGeometry,
} from "./shared/reduction.ts";
import { type ShapeOf, type TensorLike } from "./shared/to-tensor.ts";

export const Mean: OpDef<"Mean", ["x"], ReductionAttrs, ReductionGeometry> = defineReduction({
  name: "Mean",
  calledAs: "reduceMean",
  dtypes: ["float32"],
  // Divided before it is spread: a division for each mean, not for each element.
  gradient: ({ x, axes, dy }, ops) => ops.broadcastLike(ops.div(dy, elementsPerResult(x, axes, dy, ops)), x),
});

/**
 * The mean over `axis`; NaN over no elements.
 *
 * @param x float32. (TensorFlow also takes integers, and rounds; cast first and say what you mean.)
 * @throws ShapeError when x has no such axis. @throws DTypeError for other dtypes.
 */
export function reduceMean<
  const X extends TensorLike,
  const Axis extends AxisArgument = undefined,
  KeepDims extends boolean = false,
>(
  x: X,
  options: ReduceOptions<Axis, KeepDims, AxisProblem<"reduceMean", ShapeOf<X>, Axis>> = {},
): Tensor<Reduce<ShapeOf<X>, Axis, KeepDims>, "float32"> {
  return applyReduction(Mean, x, options);
}
