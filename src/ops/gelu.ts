import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferUnary } from "./shared/infer-elementwise.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";

export interface GeluAttrs {
  /** Whether the normal distribution is approximated by a tanh. */
  readonly approximate: boolean;
}

export const Gelu: OpDef<"Gelu", ["x"], GeluAttrs> = defineOp({
  name: "Gelu",
  inputs: ["x"],
  inPlace: ["x"],
  infer: (inputs, _attrs: GeluAttrs) => inferUnary(inputs, ["float32"]),
  gradient: ({ inputs: { x }, attrs: { approximate }, dy }, ops) => ({ x: ops.geluGrad(dy, x, approximate) }),
});

export interface GeluOptions extends OpOptions {
  /** y = x/2 (1 + tanh(sqrt(2/π) (x + 0.044715 x^3))) instead; default false, as in TensorFlow. */
  readonly approximate?: boolean;
}

/**
 * Gaussian error linear unit: y = x P(X <= x) with X ~ N(0, 1), which is x/2 (1 + erf(x / sqrt 2)).
 *
 * @param x float32 of any shape. At -infinity the formula, and so y, is NaN.
 * @returns same shape, every element >= -0.17.
 * @throws DTypeError when x is not float32.
 * @see Hendrycks, Gimpel, "Gaussian error linear units (GELUs)", 2016.
 */
export function gelu<const X extends TensorLike>(x: X, options: GeluOptions = {}): Tensor<ShapeOf<X>, "float32"> {
  requireOptions("gelu", options, "approximate");
  const { approximate = false } = options;
  return apply(Gelu, { x: toTensor(x) }, { approximate }, options);
}
