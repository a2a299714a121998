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

export const Any: OpDef<"Any", ["x"], ReductionAttrs, ReductionGeometry> = defineReduction({
  name: "Any",
  calledAs: "reduceAny",
  dtypes: ["bool"],
  gradient: null,
});

/**
 * Whether any element over `axis` is true; false over no elements.
 *
 * @param x bool.
 * @throws ShapeError when x has no such axis. @throws DTypeError for other dtypes.
 */
export function reduceAny<
  const X extends TensorLike,
  const Axis extends AxisArgument = undefined,
  KeepDims extends boolean = false,
>(
  x: X,
  options: ReduceOptions<Axis, KeepDims, AxisProblem<"reduceAny", ShapeOf<X>, Axis>> = {},
): Tensor<Reduce<ShapeOf<X>, Axis, KeepDims>, "bool"> {
  return applyReduction(Any, x, options);
}
