import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { type GatherAttrs, type GatherGeometry, geometryOfGather } from "./gather.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { requireDType } from "./shared/requirements.ts";

/** Adds every slice of dy to the slice of zeros that it came from, in the order of the indices. */
export const GatherGrad: OpDef<"GatherGrad", ["dy", "indices", "params"], GatherAttrs, GatherGeometry> = defineOp({
  name: "GatherGrad",
  inputs: ["dy", "indices", "params"],
  shapeOnly: ["params"],
  infer: ({ dy, indices, params }) => {
    requireDType("dy", dy, "float32");
    requireDType("indices", indices, "int32");
    return { shape: params.shape, dtype: dy.dtype };
  },
  geometry: ({ indices, params }, attrs) => geometryOfGather(params, indices, attrs),
  gradient: ({ inputs: { indices }, attrs, dy }, ops) => ({
    dy: ops.gather(dy, indices, attrs),
    indices: null,
    params: null,
  }),
});

/** The gradient of `gather`; reads only the shape of `params`. */
export function gatherGrad(dy: Tensor, indices: Tensor, params: Tensor, attrs: GatherAttrs): Tensor {
  return apply(GatherGrad, { dy, indices, params }, attrs);
}
