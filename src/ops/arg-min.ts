import type { ArgReduce, AxisProblem } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import {
  applyArgReduction,
  type ArgReduceOptions,
  type ArgReductionAttrs,
  defineArgReduction,
} from "./shared/arg-reduction.ts";
import type { ReductionGeometry } from "./shared/reduction.ts";
import type { ShapeOf, TensorLike } from "./shared/to-tensor.ts";

export const ArgMin: OpDef<"ArgMin", ["x"], ArgReductionAttrs, ReductionGeometry> = defineArgReduction("ArgMin");

/**
 * Where the smallest element along an axis is; the first of equal ones.
 *
 * NaN counts as smaller than anything, as in NumPy and PyTorch (TensorFlow leaves it open). TensorFlow gives int64.
 *
 * @param x float32, int32 or uint8.
 * @returns int32, without the axis (default: the first).
 * @throws ShapeError when x has no such axis, or no element along it. @throws DTypeError for other dtypes.
 */
export function argMin<const X extends TensorLike, Axis extends number = 0>(
  x: X,
  options: ArgReduceOptions<Axis, AxisProblem<"argMin", ShapeOf<X>, Axis>> = {},
): Tensor<ArgReduce<ShapeOf<X>, Axis>, "int32"> {
  return applyArgReduction(ArgMin, x, options);
}
