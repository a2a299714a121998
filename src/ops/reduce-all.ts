import type { AxisArgument, AxisProblem, Reduce } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import {
  applyReduction,
  defineReduction,
  type ReduceOptions,
  type ReductionAttrs,
  type ReductionGeometry,
} from "./shared/reduction.ts";
import { type ShapeOf, type TensorLike } from "./shared/to-tensor.ts";

export const All: OpDef<"All", ["x"], ReductionAttrs, ReductionGeometry> = defineReduction({
  name: "All",
  calledAs: "reduceAll",
  dtypes: ["bool"],
  gradient: null,
});

/**
 * Whether all elements over `axis` are true; true over no elements.
 *
 * @param x bool.
 * @throws ShapeError when x has no such axis. @throws DTypeError for other dtypes.
 */
export function reduceAll<
  const X extends TensorLike,
  const Axis extends AxisArgument = undefined,
  KeepDims extends boolean = false,
>(
  x: X,
  options: ReduceOptions<Axis, KeepDims, AxisProblem<"reduceAll", ShapeOf<X>, Axis>> = {},
): Tensor<Reduce<ShapeOf<X>, Axis, KeepDims>, "bool"> {
  return applyReduction(All, x, options);
}
