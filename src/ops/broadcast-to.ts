import type { BroadcastTo as Broadcasted, BroadcastToProblem, Checked } from "../core/shape-types.ts";
import { formatShape, sameShape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import { OpProblem } from "../graph/problem.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireValue, requireList } from "./shared/requirements.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export interface BroadcastToAttrs {
  readonly shape: readonly number[];
}

export const BroadcastTo: OpDef<"BroadcastTo", ["x"], BroadcastToAttrs> = defineOp({
  name: "BroadcastTo",
  flops: () => 0,
  inputs: ["x"],
  infer: ({ x }, { shape }) => {
    requireList("shape", shape, "a shape is a list: [2, 3].");
    requireValue(
      shape.every((dimension) => Number.isInteger(dimension) && dimension >= 0),
      `[${shape.join(", ")}] is no shape.`,
      "use integers of 0 or more.",
    );
    const added = shape.length - x.shape.length;
    // An unknown dimension may turn out to fit.
    const fits = (dimension: number | null, to: number): boolean => [null, 1, to].includes(dimension);
    if (added < 0 || !x.shape.every((dimension, axis) => fits(dimension, shape[added + axis]!))) {
      throw new OpProblem("shape", `${formatShape(x.shape)} does not stretch to [${shape.join(", ")}].`, {
        fix: "align at the last axis: a dimension must be 1 or equal.",
      });
    }
    return { shape, dtype: x.dtype };
  },
  isIdentity: ({ x }, { shape }) => sameShape(x.shape, shape),
  gradient: ({ inputs: { x }, dy }, ops) => ({ x: ops.sumLike(dy, x) }),
});

/**
 * x repeated along axes of dimension 1, and along new ones in front, until it has `shape`.
 *
 * @throws ShapeError when x does not stretch to `shape`.
 */
export function broadcastTo<const X extends TensorLike, const To extends readonly number[]>(
  x: X,
  shape: Checked<To, BroadcastToProblem<ShapeOf<X>, To>>,
  options: OpOptions = {},
): Tensor<Broadcasted<ShapeOf<X>, To>, DTypeOf<X>> {
  return apply(BroadcastTo, { x: toTensor(x) }, { shape: shape as readonly number[] }, options);
}
