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

export const Prod: OpDef<"Prod", ["x"], ReductionAttrs, ReductionGeometry> = defineReduction({
  name: "Prod",
  calledAs: "reduceProd",
  dtypes: ["float32", "int32"],
  gradient: ({ x, axes, dy }, ops) => ops.prodGrad(x, dy, axes),
});

/**
 * The product over `axis`; 1 over no elements.
 *
 * @param x float32 or int32. float32 products are computed in float64 and rounded once an axis.
 * @throws ShapeError when x has no such axis. @throws DTypeError for other dtypes.
 */
export function reduceProd<
  const X extends TensorLike,
  const Axis extends AxisArgument = undefined,
  KeepDims extends boolean = false,
>(
  x: X,
  options: ReduceOptions<Axis, KeepDims, AxisProblem<"reduceProd", ShapeOf<X>, Axis>> = {},
): Tensor<Reduce<ShapeOf<X>, Axis, KeepDims>, DTypeOf<X>> {
  return applyReduction(Prod, x, options);
}
