import type { Tensor } from "../graph/tensor.ts";
import { div } from "./div.ts";
import { maximum } from "./maximum.ts";
import { mul } from "./mul.ts";
import { reduceSum } from "./reduce-sum.ts";
import type { OpOptions } from "./shared/define-op.ts";
import { requireOptions } from "./shared/require-options.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { sqrt } from "./sqrt.ts";
import { square } from "./square.ts";

export interface ClipByNormOptions extends OpOptions {
  /** Axes of one vector; default all. */
  readonly axis?: number | readonly number[] | undefined;
}

/**
 * Vectors scaled down to a norm of at most `clipNorm`: x clipNorm / max(norm, clipNorm), the norm over `axis`. Shorter ones
 * stay as they are.
 *
 * @param x float32 of any shape. @param clipNorm a number or scalar above 0.
 * @returns the same shape. A vector with a NaN becomes NaN, so that it is noticed.
 * @throws ShapeError when there is no such axis. @throws DTypeError when x is not float32.
 * @see TensorFlow, tf.clip_by_norm. `clipByGlobalNorm` scales several tensors by one factor.
 */
export function clipByNorm<const X extends TensorLike>(
  x: X,
  clipNorm: number | Tensor,
  options: ClipByNormOptions = {},
): Tensor<ShapeOf<X>, "float32"> {
  requireOptions("clipByNorm", options, "axis");
  const { axis, name = "clipByNorm" } = options;
  const vectors = toTensor(x);
  const build = (): Tensor => {
    const limit = toTensor(clipNorm, vectors);
    const squares = reduceSum(square(vectors), { axis, keepDims: true });
    // The larger one before the root, not after it: the gradient of the root of 0 is infinite.
    return mul(vectors, div<Tensor, Tensor>(limit, sqrt(maximum<Tensor, Tensor>(squares, square(limit)))));
  };
  return vectors.graph.nameScope(name, build) as Tensor<ShapeOf<X>, "float32">;
}
