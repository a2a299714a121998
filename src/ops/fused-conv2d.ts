import type { OpDef } from "../graph/op-def.ts";
import { type Conv2DAttrs, type Conv2DGeometry, convolutionFlops } from "./shared/conv2d-geometry.ts";
import { geometryOfConv2D, inferConv2D } from "./conv2d.ts";
import { defineOp } from "./shared/define-op.ts";

/** What a fused kernel does to a sum while it is still in registers. */
export type Activation = "none" | "relu";

export interface FusedConv2DAttrs extends Conv2DAttrs {
  readonly activation: Activation;
}

/** activation(conv2d(images, filter) + bias) in one kernel; made by the compiler only. */
export const FusedConv2D: OpDef<"FusedConv2D", ["images", "filter", "bias?"], FusedConv2DAttrs, Conv2DGeometry> =
  defineOp({
    name: "FusedConv2D",
    inputs: ["images", "filter", "bias?"],
    infer: inferConv2D,
    geometry: geometryOfConv2D,
    flops: convolutionFlops,
    gradient: null,
  });
