import { sameShape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { requireAxis } from "./shared/axes.ts";
import type { AxisAttrs, AxisGeometry } from "./concat.ts";
import { applyOp, defineOp } from "./shared/define-op.ts";

/** Cuts `x` along an axis into pieces of the shapes of `likes`: the gradient of `concat`, whatever is unknown. */
export const SplitLike: OpDef<"SplitLike", ["x", "...likes"], AxisAttrs, AxisGeometry> = defineOp({
  name: "SplitLike",
  flops: () => 0,
  inputs: ["x", "...likes"],
  shapeOnly: ["likes"],
  infer: ({ x, likes }) => likes.map(({ shape }) => ({ shape, dtype: x.dtype })),
  geometry: ({ x }, { axis }) => ({ axis: requireAxis(axis, x.shape, "x") }),
  isIdentity: ({ x, likes }) => likes.length === 1 && sameShape(x.shape, likes[0]!.shape),
  gradient: ({ inputs: { likes }, attrs: { axis }, ys, dys }, ops) => ({
    x: ops.concat(
      ys.map((y, index): Tensor => dys[index] ?? ops.zerosLike(y)),
      axis,
    ),
    likes: likes.map(() => null),
  }),
});

/** Pieces of `x` along `axis` in the shapes of `likes`, of which only the shapes are read. */
export function splitLike(x: Tensor, likes: readonly Tensor[], axis: number): readonly Tensor[] {
  return applyOp(SplitLike, { x, likes }, { axis }).outputs;
}
