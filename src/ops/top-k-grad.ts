import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { requireDType } from "./shared/requirements.ts";
import { noSecondDerivative } from "./shared/second-derivative.ts";

/** Puts each row of dy back where its elements came from; zeros elsewhere. */
export const TopKGrad: OpDef<"TopKGrad", ["dy", "indices", "x"]> = defineOp({
  name: "TopKGrad",
  flops: () => 0,
  inputs: ["dy", "indices", "x"],
  shapeOnly: ["x"],
  infer: ({ dy, indices, x }) => {
    requireDType("dy", dy, "float32");
    requireDType("indices", indices, "int32");
    return { shape: x.shape, dtype: dy.dtype };
  },
  gradient: () => noSecondDerivative("topK"),
});

/** The gradient of `topK`. `dy`, `indices`: `[...batch, k]`; `x`: `[...batch, n]`, read for its shape only. */
export function topKGrad(dy: Tensor, indices: Tensor, x: Tensor): Tensor {
  return apply(TopKGrad, { dy, indices, x }, {});
}
