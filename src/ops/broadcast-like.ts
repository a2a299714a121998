import { broadcastShapes, formatShape, sameShape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import { OpProblem } from "../graph/problem.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";

/** `x` stretched to the shape of `like`. */
export const BroadcastLike: OpDef<"BroadcastLike", ["x", "like"]> = defineOp({
  name: "BroadcastLike",
  inputs: ["x", "like"],
  shapeOnly: ["like"],
  infer: ({ x, like }) => {
    const shape = broadcastShapes(x.shape, like.shape);
    if (shape === null || shape.length !== like.shape.length) {
      throw new OpProblem("shape", `x does not broadcast to ${formatShape(like.shape)}.`, {
        fix: "make its dimensions 1 or equal.",
      });
    }
    return { shape: like.shape, dtype: x.dtype };
  },
  isIdentity: ({ x, like }) => sameShape(x.shape, like.shape),
  gradient: ({ inputs: { x }, dy }, ops) => ({ x: ops.sumLike(dy, x), like: null }),
});

/** `x` broadcast to the shape of `like`, of which only the shape is read. */
export function broadcastLike(x: Tensor, like: Tensor): Tensor {
  return apply(BroadcastLike, { x, like }, {});
}
