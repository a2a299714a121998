import type { OpDef } from "../graph/op-def.ts";
import { geometryOfConv2D, inferConv2D } from "./conv2d.ts";
import type { FusedConv2DAttrs } from "./fused-conv2d.ts";
import { MaxPool } from "./max-pool.ts";
import { type Conv2DGeometry, convolutionFlops, resultShape } from "./shared/conv2d-geometry.ts";
import { defineOp } from "./shared/define-op.ts";
import { type PoolAttrs, type PoolGeometry, poolGeometry } from "./shared/pool-window.ts";

export interface FusedConv2DMaxPoolAttrs extends FusedConv2DAttrs {
  /** Windows of 2x2, two cells apart, all within the image. */
  readonly pool: PoolAttrs;
}

export interface ConvolutionAndPool {
  readonly convolution: Conv2DGeometry;
  readonly pool: PoolGeometry;
}

/**
 * maxPool(activation(conv2d(images, filter) + bias)) in one kernel; made by the compiler only. Outputs as `MaxPool`: the maxima,
 * and which cell of its window each came from. What the convolution gave, four times as much, is never in memory.
 */
export const FusedConv2DMaxPool: OpDef<
  "FusedConv2DMaxPool",
  ["images", "filter", "bias?"],
  FusedConv2DMaxPoolAttrs,
  ConvolutionAndPool
> = defineOp({
  name: "FusedConv2DMaxPool",
  inputs: ["images", "filter", "bias?"],
  infer: (inputs, attrs) => MaxPool.infer({ images: inferConv2D(inputs, attrs) }, attrs.pool),
  geometry: (inputs, attrs) => {
    const convolution = geometryOfConv2D(inputs, attrs);
    return { convolution, pool: poolGeometry({ shape: resultShape(convolution), dtype: "float32" }, attrs.pool) };
  },
  flops: ({ convolution }) => convolutionFlops(convolution),
  gradient: null,
});
