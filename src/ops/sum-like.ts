import { broadcastShapes, formatShape, sameShape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import { OpProblem } from "../graph/problem.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";

/** Adds up the axes along which `like` was broadcast to `x`: the transpose of broadcasting. */
export const SumLike: OpDef<"SumLike", ["x", "like"]> = defineOp({
  name: "SumLike",
  inputs: ["x", "like"],
  shapeOnly: ["like"],
  infer: ({ x, like }) => {
    if (broadcastShapes(x.shape, like.shape) === null) {
      throw new OpProblem("shape", `x was not broadcast from ${formatShape(like.shape)}.`, {
        fix: "pass a like that broadcasts to x.",
      });
    }
    return { shape: like.shape, dtype: x.dtype };
  },
  isIdentity: ({ x, like }) => sameShape(x.shape, like.shape),
  gradient: ({ inputs: { x }, dy }, ops) => ({ x: ops.broadcastLike(dy, x), like: null }),
});

/** `x` summed to the shape of `like`, from which it was broadcast; reads only the shape of `like`. */
export function sumLike(x: Tensor, like: Tensor): Tensor {
  return apply(SumLike, { x, like }, {});
}
