import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { requireDType, requireRank, requireSameShapeAndDType } from "./shared/requirements.ts";

export const DropoutGrad: OpDef<"DropoutGrad", ["dy", "kept", "keepProb"]> = defineOp({
  name: "DropoutGrad",
  inputs: ["dy", "kept", "keepProb"],
  inPlace: ["dy"],
  infer: ({ dy, kept, keepProb }) => {
    requireDType("dy", dy, "float32");
    requireDType("kept", kept, "bool");
    requireDType("keepProb", keepProb, "float32");
    requireRank("keepProb", keepProb, 0, "one probability");
    requireSameShapeAndDType({ dy, kept: { ...kept, dtype: dy.dtype } });
    return dy;
  },
  // Linear in dy, and its own transpose.
  gradient: ({ inputs: { kept, keepProb }, dy }, ops) => ({
    dy: ops.dropoutGrad(dy, kept, keepProb),
    kept: null,
    keepProb: null,
  }),
});

/** The gradient of `dropout`: dy / keepProb where the element was kept, else 0. `dy`, `kept` (bool): same shape. */
export function dropoutGrad(dy: Tensor, kept: Tensor, keepProb: Tensor): Tensor {
  return apply(DropoutGrad, { dy, kept, keepProb }, {});
}
