import type { Tensor } from "../graph/tensor.ts";
import { add } from "./add.ts";
import type { OpOptions } from "./shared/define-op.ts";
import { mul } from "./mul.ts";
import { rsqrt } from "./rsqrt.ts";
import { sub } from "./sub.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";

export interface BatchNormalizationOptions extends OpOptions {
  readonly mean: TensorLike;
  readonly variance: TensorLike;
  /** Added at the end, often called beta; default none. */
  readonly offset?: TensorLike | null | undefined;
  /** Multiplies, often called gamma; default none. */
  readonly scale?: TensorLike | null | undefined;
  /** Keeps the divisor away from 0; default 0.001. */
  readonly varianceEpsilon?: number | undefined;
}

/**
 * Normalization by given moments: (x - mean) / sqrt(variance + varianceEpsilon) * scale + offset, everything broadcast
 * to x. `moments` makes the moments; `fusedBatchNorm` does all of it for images, and faster.
 *
 * @param x float32 of any shape.
 * @returns the same shape.
 * @throws ShapeError when the others do not broadcast.
 * @see Ioffe, Szegedy, "Batch normalization", ICML 2015; TensorFlow, tf.nn.batch_normalization.
 */
export function batchNormalization<const X extends TensorLike>(
  x: X,
  options: BatchNormalizationOptions,
): Tensor<ShapeOf<X>, "float32"> {
  requireOptions("batchNormalization", options, "mean");
  const { mean, variance, offset, scale, varianceEpsilon = 0.001, name = "batchNormalization" } = options;
  const images = toTensor(x);
  const build = (): Tensor => {
    const moment = (value: TensorLike): Tensor => toTensor(value, images);
    const inverse = rsqrt(add(moment(variance), varianceEpsilon));
    const factor: Tensor = scale === null || scale === undefined ? inverse : mul(inverse, moment(scale));
    const shift: Tensor = mul(moment(mean), factor);
    // In this order, as in TensorFlow: everything but one product and one sum is of the size of the moments.
    if (offset === null || offset === undefined) return sub(mul(images, factor), shift);
    return add(mul(images, factor), sub(moment(offset), shift));
  };
  return images.graph.nameScope(name, build) as Tensor<ShapeOf<X>, "float32">;
}
