import type { Tensor } from "../graph/tensor.ts";
import type { OpOptions } from "./shared/define-op.ts";
import { maximum } from "./maximum.ts";
import { mul } from "./mul.ts";
import { reduceSum } from "./reduce-sum.ts";
import { rsqrt } from "./rsqrt.ts";
import { square } from "./square.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";

export interface L2NormalizeOptions extends OpOptions {
  /** Axes of one vector; default all. */
  readonly axis?: number | readonly number[] | undefined;
  /** Squared lengths below it count as it; default 1e-12. */
  readonly epsilon?: number | undefined;
}

/**
 * Vectors of length 1: x / sqrt(max(sum x², epsilon)), the sum over `axis`.
 *
 * @param x float32 of any shape.
 * @returns the same shape.
 * @throws ValueError when there is no such axis.
 * @see TensorFlow, tf.nn.l2_normalize.
 */
export function l2Normalize<const X extends TensorLike>(
  x: X,
  options: L2NormalizeOptions = {},
): Tensor<ShapeOf<X>, "float32"> {
  requireOptions("l2Normalize", options, "axis");
  const { axis, epsilon = 1e-12, name = "l2Normalize" } = options;
  const vectors = toTensor(x);
  const build = (): Tensor => {
    const squares = reduceSum(square(vectors), { axis, keepDims: true });
    return mul(vectors, rsqrt(maximum(squares, epsilon)));
  };
  return vectors.graph.nameScope(name, build) as Tensor<ShapeOf<X>, "float32">;
}
