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

export const DepthwiseConv2DBackpropFilter: OpDef<
  "DepthwiseConv2DBackpropFilter",
  ["images", "dy", "filter"],
  Conv2DAttrs,
  Conv2DGeometry
> = defineOp({
  name: "DepthwiseConv2DBackpropFilter",
  calledAs: "depthwiseConv2dBackpropFilter",
  inputs: ["images", "dy", "filter"],
  shapeOnly: ["filter"],
  infer: ({ images, filter, dy }, attrs) => {
    requireGradientOf(inferDepthwise({ images, filter }, attrs), dy);
    return { dtype: "float32", shape: filter.shape };
  },
  geometry: depthwiseGeometry,
  flops: convolutionFlops,
  gradient: ({ inputs: { images, dy: upstream }, dy, attrs }, ops) => ({
    images: ops.depthwiseConv2dBackpropInput(dy, upstream, images, attrs),
    dy: ops.depthwiseConv2dOf(images, dy, attrs),
    filter: null,
  }),
});

/** dL/d filter of y = depthwiseConv2d(images, filter); `filter` is read for its shape only. */
export function depthwiseConv2dBackpropFilter(images: Tensor, dy: Tensor, filter: Tensor, attrs: Conv2DAttrs): Tensor {
  return apply(DepthwiseConv2DBackpropFilter, { images, dy, filter }, attrs);
}
