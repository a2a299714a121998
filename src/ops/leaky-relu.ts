import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferUnary } from "./shared/infer-elementwise.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";

export interface LeakyReluAttrs {
  /** Slope below 0. */
  readonly alpha: number;
}

export const LeakyRelu: OpDef<"LeakyRelu", ["x"], LeakyReluAttrs> = defineOp({
  name: "LeakyRelu",
  inputs: ["x"],
  inPlace: ["x"],
  infer: (inputs, _attrs: LeakyReluAttrs) => inferUnary(inputs, ["float32"]),
  gradient: ({ inputs: { x }, attrs: { alpha }, dy }, ops) => ({ x: ops.leakyReluGrad(dy, x, alpha) }),
});

export interface LeakyReluOptions extends OpOptions {
  /** Slope below 0; default 0.2, as in TensorFlow. */
  readonly alpha?: number;
}

/**
 * y = x where x > 0, alpha * x elsewhere. NaN stays NaN.
 *
 * @param x float32 of any shape.
 * @returns same shape.
 * @throws DTypeError when x is not float32.
 * @see Maas, Hannun, Ng, "Rectifier nonlinearities improve neural network acoustic models", ICML 2013.
 */
export function leakyRelu<const X extends TensorLike>(
  x: X,
  options: LeakyReluOptions = {},
): Tensor<ShapeOf<X>, "float32"> {
  requireOptions("leakyRelu", options, "alpha");
  const { alpha = 0.2 } = options;
  return apply(LeakyRelu, { x: toTensor(x) }, { alpha }, options);
}
