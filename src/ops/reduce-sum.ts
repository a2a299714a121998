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
import { type DTypeOf, type ShapeOf, type TensorLike } from "./shared/to-tensor.ts";

export const Sum: OpDef<"Sum", ["x"], ReductionAttrs, ReductionGeometry> = defineReduction({
  name: "Sum",
  calledAs: "reduceSum",
  dtypes: ["float32", "int32"],
  gradient: ({ x, dy }, ops) => ops.broadcastLike(dy, x),
});

/**
 * The sum over `axis`; 0 over no elements.
 *
 * @param x float32 or int32. float32 sums are accumulated in blocks, in an order that depends on the shape alone.
 * @throws ShapeError when x has no such axis. @throws DTypeError for other dtypes.
 */
export function reduceSum<
  const X extends TensorLike,
  const Axis extends AxisArgument = undefined,
  KeepDims extends boolean = false,
>(
  x: X,
  options: ReduceOptions<Axis, KeepDims, AxisProblem<"reduceSum", ShapeOf<X>, Axis>> = {},
): Tensor<Reduce<ShapeOf<X>, Axis, KeepDims>, DTypeOf<X>> {
  return applyReduction(Sum, x, options);
}
