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

export const LogSumExp: OpDef<"LogSumExp", ["x"], ReductionAttrs, ReductionGeometry> = defineReduction({
  name: "LogSumExp",
  calledAs: "reduceLogSumExp",
  dtypes: ["float32"],
  // d/dx log sum exp(x) is softmax(x) = exp(x - y).
  gradient: ({ x, y, dy }, ops) => ops.mul(dy, ops.exp(ops.sub(x, y))),
});

/**
 * log(sum(exp(x))) over `axis`, without overflow; -infinity over no elements.
 *
 * @param x float32.
 * @throws ShapeError when x has no such axis. @throws DTypeError for other dtypes.
 * @see Blanchard, Higham, Higham, "Accurately computing the log-sum-exp and softmax functions", IMA J. Numer. Anal. 2021.
 */
export function reduceLogSumExp<
  const X extends TensorLike,
  const Axis extends AxisArgument = undefined,
  KeepDims extends boolean = false,
>(
  x: X,
  options: ReduceOptions<Axis, KeepDims, AxisProblem<"reduceLogSumExp", ShapeOf<X>, Axis>> = {},
): Tensor<Reduce<ShapeOf<X>, Axis, KeepDims>, "float32"> {
  return applyReduction(LogSumExp, x, options);
}
