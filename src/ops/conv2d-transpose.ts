import type { Checked, Conv2DTranspose as Conv2DTransposeShape, Conv2DTransposeProblem } from "../core/shape-types.ts";
import { dimensionsAgree, type Shape } from "../core/shape.ts";
import { paddingOf, slideBack } from "../core/window.ts";
import type { OpDef, TensorSpec } from "../graph/op-def.ts";
import { OpProblem } from "../graph/problem.ts";
import type { Tensor } from "../graph/tensor.ts";
import {
  type Conv2DAttrs,
  conv2DGeometry,
  type Conv2DGeometry,
  convolutionFlops,
  inferSpatial,
  requireWindow,
  toConv2DAttrs,
  type WindowOptions,
} from "./shared/conv2d-geometry.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireDType, requireRank, requireValue, requireListOf } from "./shared/requirements.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";

export interface Conv2DTransposeAttrs extends Conv2DAttrs {
  /** Shape of the result; what is `null`, or all of it, follows from the inputs. */
  readonly outputShape: Shape | null;
}

/** The geometry is that of the convolution it transposes, whose images are the result here. */
export const Conv2DTranspose: OpDef<"Conv2DTranspose", ["images", "filter"], Conv2DTransposeAttrs, Conv2DGeometry> =
  defineOp({
    name: "Conv2DTranspose",
    calledAs: "conv2dTranspose",
    inputs: ["images", "filter"],
    infer: ({ images, filter }, attrs) => {
      requireDType("images", images, "float32");
      requireDType("filter", filter, "float32");
      requireRank("images", images, 4, "batch, height, width, channels");
      requireRank("filter", filter, 4, "height, width, out channels, in channels");
      requireWindow(attrs);
      requireChannels(images, filter);
      const shape = resultShape(images.shape, filter.shape, attrs);
      requireTransposed(shape, images.shape, filter.shape, attrs);
      return { dtype: "float32", shape };
    },
    flops: convolutionFlops,
    geometry: ({ images, filter }, attrs) => {
      const shape = resultShape(images.shape, filter.shape, attrs);
      return conv2DGeometry(shape as number[], [filter.shape[0]!, filter.shape[1]!], filter.shape[3]!, attrs);
    },
    gradient: ({ inputs: { images, filter }, dy, attrs: { outputShape: _, ...window } }, ops) => ({
      images: ops.conv2dOf(dy, filter, window),
      filter: ops.conv2dBackpropFilter(dy, images, filter, window),
    }),
  });

function requireChannels(images: TensorSpec, filter: TensorSpec): void {
  const [channels, wanted] = [images.shape[3]!, filter.shape[3]!];
  if (dimensionsAgree(channels, wanted)) return;
  throw new OpProblem("shape", "images and filter disagree on channels.", {
    notes: {
      images: `batch, height, width, channels = ${channels}`,
      filter: `height, width, out channels, in channels = ${wanted}`,
    },
    fix: `the filter's fourth dimension must be ${channels}: it is the filter of the convolution that is transposed.`,
  });
}

/** Each dimension as asked for, else as it follows. */
function resultShape(
  images: Shape,
  filter: Shape,
  { outputShape, strides, dilations, padding }: Conv2DTransposeAttrs,
): Shape {
  requireValue(
    outputShape === null || outputShape.length === 4,
    "outputShape is not [batch, height, width, channels].",
    "give four numbers; null leaves one open.",
  );
  const spatial = ([0, 1] as const).map((axis) => {
    const [size = null, kernel = null] = [images[axis + 1], filter[axis]];
    if (size === null || kernel === null) return null;
    return slideBack(size, kernel, strides[axis], dilations[axis], paddingOf(padding, axis));
  });
  return [images[0]!, ...spatial, filter[2]!].map((deduced, axis) => outputShape?.[axis] ?? deduced);
}

/** A result is right when the convolution would make `images` of it. */
function requireTransposed(result: Shape, images: Shape, filter: Shape, attrs: Conv2DTransposeAttrs): void {
  const whole = result.every((dimension) => dimension === null || (Number.isInteger(dimension) && dimension >= 0));
  requireValue(
    whole,
    `a result of shape [${result.map((d) => d ?? "?").join(", ")}] cannot be.`,
    "pad less, or ask for whole numbers above 0.",
  );
  const [height, width] = inferSpatial(result, [filter[0]!, filter[1]!], attrs);
  const convolved: Shape = [result[0]!, height, width];
  const axis = convolved.findIndex((dimension, index) => !dimensionsAgree(dimension, images[index]!));
  if (axis < 0 && dimensionsAgree(result[3]!, filter[2]!)) return;
  const [what, got, wanted] =
    axis < 0
      ? ["out channels", filter[2], result[3]]
      : [["batch", "height", "width"][axis], images[axis], convolved[axis]];
  throw new OpProblem(
    "shape",
    `outputShape [${result.map((d) => d ?? "?").join(", ")}] needs ${what} ${wanted}, not ${got}.`,
    {
      notes: { images: "batch, height, width, channels", filter: "height, width, out channels, in channels" },
      fix: "leave outputShape out, or ask for a shape that the convolution turns into that of the images.",
    },
  );
}

export interface Conv2DTransposeOptions extends WindowOptions, OpOptions {
  /**
   * Shape of the result; `null` or -1 leaves a dimension to be deduced. Several heights and widths are possible when a
   * stride is above 1. Default: SAME gives images * stride; VALID the same plus max(kernel - stride, 0), as Keras does;
   * explicit padding is taken off that.
   */
  readonly outputShape?: readonly [number | null, number | null, number | null, number | null];
}

/**
 * The transpose of `conv2d` (its gradient by the images), sometimes called deconvolution: spreads every cell of `images`
 * over a window of the result.
 *
 * @param images float32 `[batch, height, width, in channels]`.
 * @param filter float32 `[height, width, out channels, in channels]`, the filter of the convolution that is transposed.
 * @returns float32 `[batch, height, width, out channels]`, see `outputShape`.
 * @throws ShapeError when channels disagree, or `outputShape` is not one that the convolution turns into the images'.
 * @throws DTypeError when not float32. @throws ValueError for strides, dilations or padding that are none.
 * @see Zeiler, Krishnan, Taylor, Fergus, "Deconvolutional networks", CVPR 2010; TensorFlow, tf.nn.conv2d_transpose.
 */
export function conv2dTranspose<const X extends TensorLike, const F extends TensorLike>(
  images: X,
  filter: Checked<F, Conv2DTransposeProblem<ShapeOf<X>, ShapeOf<F>>>,
  options: Conv2DTransposeOptions,
): Tensor<Conv2DTransposeShape<ShapeOf<X>, ShapeOf<F>>, "float32"> {
  requireOptions("conv2dTranspose", options, "outputShape");
  if (options.outputShape !== undefined) {
    requireListOf(
      "conv2dTranspose",
      "outputShape",
      options.outputShape,
      "pass four numbers, null for what is deduced.",
    );
  }
  const outputShape = options.outputShape?.map((dimension) => (dimension === -1 ? null : dimension)) ?? null;
  const attrs = { ...toConv2DAttrs(options), outputShape };
  return apply(Conv2DTranspose, { images: toTensor(images), filter: toTensor(filter, images) }, attrs, options);
}
