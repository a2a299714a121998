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

/** The gradient of a convolution with respect to its filter. */
export const Conv2DBackpropFilter: OpDef<
  "Conv2DBackpropFilter",
  ["images", "dy", "filter"],
  Conv2DAttrs,
  Conv2DGeometry
> = defineOp({
  name: "Conv2DBackpropFilter",
  calledAs: "conv2dBackpropFilter",
  inputs: ["images", "dy", "filter"],
  shapeOnly: ["filter"],
  infer: ({ images, filter, dy }, attrs) => {
    requireGradientOf(inferConv2D({ images, filter }, attrs), dy);
    return { dtype: "float32", shape: filter.shape };
  },
  geometry: geometryOfConv2D,
  flops: convolutionFlops,
  gradient: ({ inputs: { images, dy: upstream }, dy, attrs }, ops) => ({
    images: ops.conv2dBackpropInput(dy, upstream, images, attrs),
    dy: ops.conv2dOf(images, dy, attrs),
    filter: null,
  }),
});

/**
 * dL/d filter of y = conv2d(images, filter).
 *
 * @param images `[batch, h, w, in]`. @param dy `[batch, oh, ow, out]`. @param filter read for its shape only.
 */
export function conv2dBackpropFilter(images: Tensor, dy: Tensor, filter: Tensor, attrs: Conv2DAttrs): Tensor {
  return apply(Conv2DBackpropFilter, { images, dy, filter }, attrs);
}
