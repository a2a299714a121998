import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { requireAxis } from "./shared/axes.ts";
import type { AxisAttrs, AxisGeometry } from "./concat.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { requireDType } from "./shared/requirements.ts";

/** Adds every slice of dy to the slice of zeros that it came from, in the order of the indices. */
export const GatherGrad: OpDef<"GatherGrad", ["dy", "indices", "params"], AxisAttrs, AxisGeometry> = defineOp({
  name: "GatherGrad",
  inputs: ["dy", "indices", "params"],
  shapeOnly: ["params"],
  infer: ({ dy, indices, params }) => {
    requireDType("dy", dy, "float32");
    requireDType("indices", indices, "int32");
    return { shape: params.shape, dtype: dy.dtype };
  },
  geometry: ({ params }, { axis }) => ({ axis: requireAxis(axis, params.shape, "params") }),
  gradient: ({ inputs: { indices }, attrs: { axis }, dy }, ops) => ({
    dy: ops.gather(dy, indices, { axis }),
    indices: null,
    params: null,
  }),
});

/** The gradient of `gather`; reads only the shape of `params`. */
export function gatherGrad(dy: Tensor, indices: Tensor, params: Tensor, axis: number): Tensor {
  return apply(GatherGrad, { dy, indices, params }, { axis });
}
