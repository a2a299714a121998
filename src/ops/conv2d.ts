import type { Checked, Conv2D as Conv2DShape, Conv2DProblem } from "../core/shape-types.ts";
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

export const Conv2D: OpDef<"Conv2D", ["images", "filter"], Conv2DAttrs, Conv2DGeometry> = defineOp({
  name: "Conv2D",
  calledAs: "conv2d",
  inputs: ["images", "filter"],
  infer: inferConv2D,
  geometry: geometryOfConv2D,
  flops: convolutionFlops,
  gradient: ({ inputs: { images, filter }, dy, attrs }, ops) => ({
    images: ops.conv2dBackpropInput(filter, dy, images, attrs),
    filter: ops.conv2dBackpropFilter(images, dy, filter, attrs),
  }),
});

/** Shape inference of a convolution, fused or not. */
export function inferConv2D(
  { images, filter }: { readonly images: TensorSpec; readonly filter: TensorSpec },
  attrs: Conv2DAttrs,
): TensorSpec {
  requireDType("images", images, "float32");
  requireDType("filter", filter, "float32");
  requireRank("images", images, 4, "batch, height, width, channels");
  requireRank("filter", filter, 4, "height, width, in channels, out channels");
  requireWindow(attrs);
  requireChannels(images, filter, attrs.groups);
  const [kernelHeight, kernelWidth] = filter.shape as [number | null, number | null];
  const [height, width] = inferSpatial(images.shape, [kernelHeight, kernelWidth], attrs);
  return { dtype: "float32", shape: [images.shape[0]!, height, width, filter.shape[3]!] };
}

/** The geometry of a convolution whose filter is HWIO, fused or not. */
export function geometryOfConv2D(
  {
    images,
    filter,
  }: { readonly images: { readonly shape: readonly number[] }; readonly filter: { readonly shape: readonly number[] } },
  attrs: Conv2DAttrs,
): Conv2DGeometry {
  return conv2DGeometry(images.shape, [filter.shape[0]!, filter.shape[1]!], filter.shape[3]!, attrs);
}

function requireChannels(images: TensorSpec, filter: TensorSpec, groups: number): void {
  const channels = images.shape[3] ?? null;
  const [, , inside, outside] = filter.shape as [unknown, unknown, number | null, number | null];
  const wanted = inside === null ? null : inside * groups;
  if (!dimensionsAgree(channels, wanted)) {
    throw new OpProblem("shape", "images and filter disagree on channels.", {
      notes: {
        images: `batch, height, width, channels = ${channels ?? "?"}`,
        filter: `height, width, in channels = ${inside ?? "?"}${groups === 1 ? "" : ` in each of ${groups} groups`}, out channels`,
      },
      fix:
        channels! % groups === 0
          ? `the filter's third dimension must be ${channels! / groups}.`
          : `groups must divide the ${channels} channels.`,
    });
  }
  if (outside !== null && outside % groups !== 0) {
    throw new OpProblem("shape", `${outside} out channels do not fall into ${groups} equal groups.`, {
      notes: { filter: `height, width, in channels, out channels = ${outside}` },
      fix: `the filter's fourth dimension must be a multiple of ${groups}.`,
    });
  }
}

export interface Conv2DOptions extends WindowOptions, OpOptions {
  /** Groups of channels convolved apart, default 1; the filter then has `channels / groups` in channels. */
  readonly groups?: number;
}

/**
 * Two-dimensional convolution (cross-correlation, as in every framework).
 *
 * @param images float32 `[batch, height, width, channels]`.
 * @param filter float32 `[height, width, channels / groups, out channels]`.
 * @returns float32 `[batch, out height, out width, out channels]`; sizes by `core/window.ts`.
 * @throws ShapeError when ranks or channels disagree, or the kernel exceeds the padded images. @throws DTypeError.
 * @see Dumoulin, Visin, "A guide to convolution arithmetic for deep learning" (2016).
 */
export function conv2d<const X extends TensorLike, const F extends TensorLike>(
  images: X,
  filter: Checked<F, Conv2DProblem<ShapeOf<X>, ShapeOf<F>, number>>,
  options: Conv2DOptions & { readonly groups: number },
): Tensor<Conv2DShape<ShapeOf<X>, ShapeOf<F>>, "float32">;
export function conv2d<const X extends TensorLike, const F extends TensorLike>(
  images: X,
  filter: Checked<F, Conv2DProblem<ShapeOf<X>, ShapeOf<F>>>,
  options: Conv2DOptions,
): Tensor<Conv2DShape<ShapeOf<X>, ShapeOf<F>>, "float32">;
export function conv2d(images: TensorLike, filter: TensorLike | string, options: Conv2DOptions): Tensor {
  requireOptions("conv2d", options, "padding");
  return apply(Conv2D, { images: toTensor(images), filter: toTensor(filter, images) }, toConv2DAttrs(options), options);
}

/** The same from attributes, as gradients have them. */
export function conv2dOf(images: Tensor, filter: Tensor, attrs: Conv2DAttrs): Tensor {
  return apply(Conv2D, { images, filter }, attrs);
}
