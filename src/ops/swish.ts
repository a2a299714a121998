import type { Tensor } from "../graph/tensor.ts";
import type { OpOptions } from "./shared/define-op.ts";
import { mul } from "./mul.ts";
import { requireOptions } from "./shared/require-options.ts";
import { sigmoid } from "./sigmoid.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

/**
 * x sigmoid(x), also called SiLU.
 *
 * @param x float32 of any shape. At -infinity the formula, and so y, is NaN.
 * @returns same shape, every element >= -0.28.
 * @throws DTypeError when x is not float32.
 * @see Ramachandran, Zoph, Le, "Searching for activation functions", 2017; TensorFlow, tf.nn.swish.
 */
export function swish<const X extends TensorLike>(x: X, options: OpOptions = {}): Tensor<ShapeOf<X>, "float32"> {
  requireOptions("swish", options);
  const features = toTensor(x);
  const build = (): Tensor => mul<Tensor, Tensor>(features, sigmoid(features));
  return features.graph.nameScope(options.name ?? "swish", build) as Tensor<ShapeOf<X>, "float32">;
}

export { swish as silu };
