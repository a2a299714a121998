import type { AxisArgument, AxisProblem, Reduce } from "../core/shape-types.ts";
import type { Shape } from "../core/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import { reduceMean } from "./reduce-mean.ts";
import type { ReduceOptions } from "./shared/reduction.ts";
import { squaredDifference } from "./squared-difference.ts";
import { squeeze } from "./squeeze.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";

/**
 * Mean and variance over `axis`, the variance as the mean square around the mean (divided by the count, not by one less).
 *
 * @param x float32.
 * @throws ShapeError when x has no such axis. @throws DTypeError for other dtypes.
 */
export function moments<
  const X extends TensorLike,
  const Axis extends AxisArgument = undefined,
  KeepDims extends boolean = false,
>(
  x: X,
  options: ReduceOptions<Axis, KeepDims, AxisProblem<"moments", ShapeOf<X>, Axis>> = {},
): { readonly mean: Moment<X, Axis, KeepDims>; readonly variance: Moment<X, Axis, KeepDims> } {
  requireOptions("moments", options, "axis");
  const tensor = toTensor(x);
  const axis = options.axis as AxisArgument;
  const build = (): { mean: Tensor; variance: Tensor } => {
    const mean: Tensor<Shape, "float32"> = reduceMean(tensor, { axis, keepDims: true, name: "mean" });
    // The mean's gradient is zero, sum(x - mean), but not that one's: the second derivative goes through the mean.
    const squares: Tensor = squaredDifference(tensor, mean);
    const variance: Tensor = reduceMean(squares, { axis, keepDims: true, name: "variance" });
    if (options.keepDims === true) return { mean, variance };
    const folded = axis ?? tensor.shape.map((_, index) => index);
    return { mean: squeeze(mean, { axis: folded }), variance: squeeze(variance, { axis: folded }) };
  };
  return tensor.graph.nameScope(options.name ?? "moments", build) as ReturnType<typeof moments<X, Axis, KeepDims>>;
}

type Moment<X, Axis extends AxisArgument, KeepDims extends boolean> = Tensor<
  Reduce<ShapeOf<X>, Axis, KeepDims>,
  "float32"
>;
