import type { Tensor } from "../graph/tensor.ts";
import { elu } from "./elu.ts";
import { greater } from "./greater.ts";
import { mul } from "./mul.ts";
import type { OpOptions } from "./shared/define-op.ts";
import { requireOptions } from "./shared/require-options.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { where } from "./where.ts";

/** With these, features of mean 0 and variance 1 keep both from layer to layer: the paper's equation 14. */
const ALPHA = 1.6732632423543772;
const SCALE = 1.0507009873554805;

/**
 * Scaled exponential linear unit: y = 1.0507 x where x > 0, 1.0507 * 1.6733 (exp(x) - 1) elsewhere.
 *
 * @param x float32 of any shape.
 * @returns same shape, every element >= -1.7581.
 * @throws DTypeError when x is not float32.
 * @see Klambauer, Unterthiner, Mayr, Hochreiter, "Self-normalizing neural networks", NIPS 2017; TensorFlow, tf.nn.selu.
 */
export function selu<const X extends TensorLike>(x: X, options: OpOptions = {}): Tensor<ShapeOf<X>, "float32"> {
  requireOptions("selu", options);
  const features = toTensor(x);
  const build = (): Tensor =>
    where<Tensor, Tensor, Tensor>(greater(features, 0), mul(features, SCALE), mul(elu(features), SCALE * ALPHA));
  return features.graph.nameScope(options.name ?? "selu", build) as Tensor<ShapeOf<X>, "float32">;
}
