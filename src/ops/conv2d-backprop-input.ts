import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { geometryOfConv2D, inferConv2D } from "./conv2d.ts";
import {
  type Conv2DAttrs,
  type Conv2DGeometry,
  convolutionFlops,
  requireGradientOf,
} from "./shared/conv2d-geometry.ts";
import { apply, defineOp } from "./shared/define-op.ts";

/** The gradient of a convolution with respect to its images: also what `conv2dTranspose` computes. */
export const Conv2DBackpropInput: OpDef<
  "Conv2DBackpropInput",
  ["filter", "dy", "images"],
  Conv2DAttrs,
  Conv2DGeometry
> = defineOp({
  name: "Conv2DBackpropInput",
  calledAs: "conv2dBackpropInput",
  inputs: ["filter", "dy", "images"],
  shapeOnly: ["images"],
  infer: ({ images, filter, dy }, attrs) => {
    requireGradientOf(inferConv2D({ images, filter }, attrs), dy);
    return { dtype: "float32", shape: images.shape };
  },
  geometry: geometryOfConv2D,
  flops: convolutionFlops,
  // It is linear in both: what goes back is a convolution again.
  gradient: ({ inputs: { filter, dy: upstream }, dy, attrs }, ops) => ({
    filter: ops.conv2dBackpropFilter(dy, upstream, filter, attrs),
    dy: ops.conv2dOf(dy, filter, attrs),
    images: null,
  }),
});

/**
 * dL/d images of y = conv2d(images, filter).
 *
 * @param filter `[kh, kw, in / groups, out]`. @param dy `[batch, oh, ow, out]`. @param images read for its shape only.
 */
export function conv2dBackpropInput(filter: Tensor, dy: Tensor, images: Tensor, attrs: Conv2DAttrs): Tensor {
  return apply(Conv2DBackpropInput, { filter, dy, images }, attrs);
}
