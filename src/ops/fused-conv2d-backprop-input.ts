import type { OpDef } from "../graph/op-def.ts";
import { geometryOfConv2D } from "./conv2d.ts";
import { Conv2DBackpropInput } from "./conv2d-backprop-input.ts";
import { type Conv2DAttrs, type Conv2DGeometry, convolutionFlops } from "./shared/conv2d-geometry.ts";
import { defineOp } from "./shared/define-op.ts";
import { requireSameShapeAndDType } from "./shared/requirements.ts";

/**
 * The gradient of a convolution with respect to its images, and before that of the relu that gave them: kept where `mask`, what the
 * relu gave, is > 0 and else 0. Made by the compiler only.
 */
export const FusedConv2DBackpropInput: OpDef<
  "FusedConv2DBackpropInput",
  ["filter", "dy", "images", "mask"],
  Conv2DAttrs,
  Conv2DGeometry
> = defineOp({
  name: "FusedConv2DBackpropInput",
  inputs: ["filter", "dy", "images", "mask"],
  shapeOnly: ["images"],
  infer: ({ filter, dy, images, mask }, attrs) => {
    const [dx] = Conv2DBackpropInput.infer({ filter, dy, images }, attrs);
    return requireSameShapeAndDType({ dx: dx!, mask });
  },
  geometry: geometryOfConv2D,
  flops: convolutionFlops,
  gradient: null,
});
