import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import {
  type Conv2DAttrs,
  type Conv2DGeometry,
  convolutionFlops,
  requireGradientOf,
} from "./shared/conv2d-geometry.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { depthwiseGeometry, inferDepthwise } from "./depthwise-conv2d.ts";

export const DepthwiseConv2DBackpropInput: OpDef<
  "DepthwiseConv2DBackpropInput",
  ["filter", "dy", "images"],
  Conv2DAttrs,
  Conv2DGeometry
> = defineOp({
  name: "DepthwiseConv2DBackpropInput",
  calledAs: "depthwiseConv2dBackpropInput",
  inputs: ["filter", "dy", "images"],
  shapeOnly: ["images"],
  infer: ({ images, filter, dy }, attrs) => {
    requireGradientOf(inferDepthwise({ images, filter }, attrs), dy);
    return { dtype: "float32", shape: images.shape };
  },
  geometry: depthwiseGeometry,
  flops: convolutionFlops,
  gradient: ({ inputs: { filter, dy: upstream }, dy, attrs }, ops) => ({
    filter: ops.depthwiseConv2dBackpropFilter(dy, upstream, filter, attrs),
    dy: ops.depthwiseConv2dOf(dy, filter, attrs),
    images: null,
  }),
});

/** dL/d images of y = depthwiseConv2d(images, filter); `images` is read for its shape only. */
export function depthwiseConv2dBackpropInput(filter: Tensor, dy: Tensor, images: Tensor, attrs: Conv2DAttrs): Tensor {
  return apply(DepthwiseConv2DBackpropInput, { filter, dy, images }, attrs);
}
