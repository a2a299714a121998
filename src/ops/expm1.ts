import type { Tensor } from "../graph/tensor.ts";
import { add } from "./add.ts";
import type { OpOptions } from "./shared/define-op.ts";
import { exp } from "./exp.ts";
import { mul } from "./mul.ts";
import { requireOptions } from "./shared/require-options.ts";
import { tanh } from "./tanh.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

/**
 * exp(x) - 1 without the cancellation near 0: tanh(x/2) (exp(x) + 1).
 *
 * @param x float32 of any shape.
 * @returns same shape, every element >= -1.
 * @throws DTypeError when x is not float32.
 * @see TensorFlow, tf.expm1. Since tanh(x/2) = (exp(x) - 1) / (exp(x) + 1), the product is the difference.
 */
export function expm1<const X extends TensorLike>(x: X, options: OpOptions = {}): Tensor<ShapeOf<X>, "float32"> {
  requireOptions("expm1", options);
  const exponents = toTensor(x);
  const build = (): Tensor => mul(tanh(mul(exponents, 0.5)), add(exp(exponents), 1));
  return exponents.graph.nameScope(options.name ?? "expm1", build) as Tensor<ShapeOf<X>, "float32">;
}
