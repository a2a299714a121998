import type { Checked, DepthwiseConv2D as DepthwiseShape, DepthwiseConv2DProblem } from "../core/shape-types.ts";
import { dimensionsAgree } from "../core/shape.ts";
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
import { requireDType, requireRank } from "./shared/requirements.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";

type DepthwiseInput = { readonly shape: readonly number[] };

/**
 * The geometry of a depthwise convolution, forward or backward: a convolution with one group for each channel. Out channel
 * c * multiplier + m reads channel c, and `[h, w, channels, multiplier]` lies in memory as `[h, w, 1, channels * multiplier]`.
 */
export function depthwiseGeometry(
  { images, filter }: { readonly images: DepthwiseInput; readonly filter: DepthwiseInput },
  attrs: Conv2DAttrs,
): Conv2DGeometry {
  const [height, width, channels, multiplier] = filter.shape as [number, number, number, number];
  return conv2DGeometry(images.shape, [height, width], channels * multiplier, { ...attrs, groups: channels });
}

export const DepthwiseConv2D: OpDef<"DepthwiseConv2D", ["images", "filter"], Conv2DAttrs, Conv2DGeometry> = defineOp({
  name: "DepthwiseConv2D",
  calledAs: "depthwiseConv2d",
  inputs: ["images", "filter"],
  infer: inferDepthwise,
  geometry: depthwiseGeometry,
  flops: convolutionFlops,
  gradient: ({ inputs: { images, filter }, dy, attrs }, ops) => ({
    images: ops.depthwiseConv2dBackpropInput(filter, dy, images, attrs),
    filter: ops.depthwiseConv2dBackpropFilter(images, dy, filter, attrs),
  }),
});

/** Shape inference of a depthwise convolution. */
export function inferDepthwise(
  { images, filter }: { readonly images: TensorSpec; readonly filter: TensorSpec },
  attrs: Conv2DAttrs,
): TensorSpec {
  requireDType("images", images, "float32");
  requireDType("filter", filter, "float32");
  requireRank("images", images, 4, "batch, height, width, channels");
  requireRank("filter", filter, 4, "height, width, channels, multiplier");
  requireWindow(attrs);
  const [kernelHeight, kernelWidth, channels, multiplier] = filter.shape as [
    number | null,
    number | null,
    number | null,
    number | null,
  ];
  if (!dimensionsAgree(images.shape[3]!, channels)) {
    throw new OpProblem("shape", "images and filter disagree on channels.", {
      notes: {
        images: `batch, height, width, channels = ${images.shape[3] ?? "?"}`,
        filter: `height, width, channels = ${channels ?? "?"}, multiplier`,
      },
      fix: `the filter's third dimension must be ${images.shape[3]}.`,
    });
  }
  const [height, width] = inferSpatial(images.shape, [kernelHeight, kernelWidth], attrs);
  const outside = channels === null || multiplier === null ? null : channels * multiplier;
  return { dtype: "float32", shape: [images.shape[0]!, height, width, outside] };
}

/**
 * Convolves every channel with filters of its own.
 *
 * @param images float32 `[batch, height, width, channels]`.
 * @param filter float32 `[height, width, channels, multiplier]`.
 * @returns float32 `[batch, out height, out width, channels * multiplier]`, channel c's results at c * multiplier on.
 * @throws ShapeError, DTypeError as `conv2d`.
 */
export function depthwiseConv2d<const X extends TensorLike, const F extends TensorLike>(
  images: X,
  filter: Checked<F, DepthwiseConv2DProblem<ShapeOf<X>, ShapeOf<F>>>,
  options: WindowOptions & OpOptions,
): Tensor<DepthwiseShape<ShapeOf<X>, ShapeOf<F>>, "float32"> {
  requireOptions("depthwiseConv2d", options, "padding");
  return apply(
    DepthwiseConv2D,
    { images: toTensor(images), filter: toTensor(filter, images) },
    toConv2DAttrs(options),
    options,
  );
}

/** The same from attributes, as gradients have them. */
export function depthwiseConv2dOf(images: Tensor, filter: Tensor, attrs: Conv2DAttrs): Tensor {
  return apply(DepthwiseConv2D, { images, filter }, attrs);
}
