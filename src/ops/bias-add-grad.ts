import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { requireDType, requireRank } from "./shared/requirements.ts";

/** The sum over every axis but the last: what a bias gets back. */
export const BiasAddGrad: OpDef<"BiasAddGrad", ["dy"]> = defineOp({
  name: "BiasAddGrad",
  inputs: ["dy"],
  infer: ({ dy }) => {
    requireDType("dy", dy, "float32");
    requireRank("dy", dy, { atLeast: 1 });
    return { shape: dy.shape.slice(-1), dtype: "float32" };
  },
  gradient: ({ inputs, dy }, ops) => ({ dy: ops.broadcastLike(dy, inputs.dy) }),
});

/** The gradient of the bias of `biasAdd`. `dy`: `[...batch, channels]`; result: `[channels]`. */
export function biasAddGrad(dy: Tensor): Tensor {
  return apply(BiasAddGrad, { dy }, {});
}
