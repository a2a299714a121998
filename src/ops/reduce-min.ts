import type { AxisArgument, AxisProblem, Reduce } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { extremumGradient } from "./shared/extremum-gradient.ts";
import {
  applyReduction,
  defineReduction,
  type ReduceOptions,
  type ReductionAttrs,
  type ReductionGeometry,
} from "./shared/reduction.ts";
import { type DTypeOf, type ShapeOf, type TensorLike } from "./shared/to-tensor.ts";

export const Min: OpDef<"Min", ["x"], ReductionAttrs, ReductionGeometry> = defineReduction({
  name: "Min",
  calledAs: "reduceMin",
  dtypes: ["float32", "int32", "uint8"],
  gradient: extremumGradient,
});

/**
 * The smallest element over `axis`; NaN where any is NaN, infinity (the greatest integer) over no elements.
 *
 * Where several elements tie, the gradient is split evenly among them, as in TensorFlow.
 *
 * @param x float32, int32 or uint8.
 * @throws ShapeError when x has no such axis. @throws DTypeError for other dtypes.
 */
export function reduceMin<
  const X extends TensorLike,
  const Axis extends AxisArgument = undefined,
  KeepDims extends boolean = false,
>(
  x: X,
  options: ReduceOptions<Axis, KeepDims, AxisProblem<"reduceMin", ShapeOf<X>, Axis>> = {},
): Tensor<Reduce<ShapeOf<X>, Axis, KeepDims>, DTypeOf<X>> {
  return applyReduction(Min, x, options);
}
