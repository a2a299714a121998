import type { Checked, ImagesProblem } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireDType, requireRank, requireValue } from "./shared/requirements.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";

export interface LrnAttrs {
  /** Channels on either side of each: the window has 2 depthRadius + 1. */
  readonly depthRadius: number;
  readonly bias: number;
  readonly alpha: number;
  readonly beta: number;
}

export const LRN: OpDef<"LRN", ["images"], LrnAttrs> = defineOp({
  name: "LRN",
  calledAs: "lrn",
  inputs: ["images"],
  infer: ({ images }, { depthRadius, bias, alpha, beta }) => {
    requireDType("images", images, "float32");
    requireRank("images", images, 4, "batch, height, width, channels");
    requireValue(
      Number.isInteger(depthRadius) && depthRadius >= 0,
      `depthRadius is ${depthRadius}.`,
      "depthRadius is a number of channels: an integer, 0 or more.",
    );
    for (const [name, value] of Object.entries({ bias, alpha, beta })) {
      requireValue(Number.isFinite(value), `${name} is ${value}.`, `${name} is a finite number.`);
    }
    return images;
  },
  gradient: ({ inputs: { images }, attrs, dy }, ops) => ({ images: ops.lrnGrad(dy, images, attrs) }),
});

export interface LrnOptions extends OpOptions {
  /** Channels on either side of each; default 5. */
  readonly depthRadius?: number | undefined;
  /** Keeps the divisor away from 0; default 1. */
  readonly bias?: number | undefined;
  /** Weight of the sum of squares; default 1. */
  readonly alpha?: number | undefined;
  /** Exponent; default 0.5. Powers 0.5, 0.75 and 1 are fast. */
  readonly beta?: number | undefined;
}

/**
 * Local response normalization across channels:
 * y[c] = x[c] / (bias + alpha * sum over |j - c| <= depthRadius of x[j]²)^beta.
 *
 * The sum is not divided by the size of the window. PyTorch's `LocalResponseNorm` and ONNX's `LRN` divide it: their
 * alpha is `(2 depthRadius + 1)` times this one.
 *
 * @param images float32 `[batch, height, width, channels]`.
 * @returns the same shape.
 * @throws ShapeError when the images do not have rank 4. @throws ValueError when depthRadius is no number of channels.
 * @see Krizhevsky, Sutskever, Hinton, "ImageNet classification with deep convolutional neural networks", NIPS 2012,
 * section 3.3; TensorFlow, tf.nn.local_response_normalization.
 */
export function lrn<const X extends TensorLike>(
  images: Checked<X, ImagesProblem<"lrn", ShapeOf<X>>>,
  options: LrnOptions = {},
): Tensor<ShapeOf<X>, "float32"> {
  requireOptions("lrn", options, "depthRadius");
  const { depthRadius = 5, bias = 1, alpha = 1, beta = 0.5 } = options;
  return apply(LRN, { images: toTensor(images) }, { depthRadius, bias, alpha, beta }, options);
}

export { lrn as localResponseNormalization };
