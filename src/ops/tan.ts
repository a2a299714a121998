import type { Tensor } from "../graph/tensor.ts";
import { cos } from "./cos.ts";
import { div } from "./div.ts";
import type { OpOptions } from "./shared/define-op.ts";
import { requireOptions } from "./shared/require-options.ts";
import { sin } from "./sin.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

/**
 * The tangent of x in radians: sin x / cos x.
 *
 * @param x float32 of any shape. Of an infinity it is NaN.
 * @returns same shape.
 * @throws DTypeError when x is not float32.
 * @see TensorFlow, tf.tan.
 */
export function tan<const X extends TensorLike>(x: X, options: OpOptions = {}): Tensor<ShapeOf<X>, "float32"> {
  requireOptions("tan", options);
  const angles = toTensor(x);
  const build = (): Tensor => div<Tensor, Tensor>(sin(angles), cos(angles));
  return angles.graph.nameScope(options.name ?? "tan", build) as Tensor<ShapeOf<X>, "float32">;
}
