import type { AxisProblem, Checked } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { requireAxes } from "./shared/axes.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import type { ReductionGeometry } from "./shared/reduction.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { requireValue } from "./shared/requirements.ts";

export interface ReverseAttrs {
  readonly axis: number | readonly number[];
}

export const Reverse: OpDef<"ReverseV2", ["x"], ReverseAttrs, ReductionGeometry> = defineOp({
  name: "ReverseV2",
  calledAs: "reverse",
  inputs: ["x"],
  infer: ({ x }, { axis }) => {
    requireValue(axis !== undefined, "no axis is named.", "pass one or several.");
    requireAxes(axis, x.shape, "x");
    return x;
  },
  geometry: ({ x }, { axis }) => ({ axes: requireAxes(axis, x.shape, "x") }),
  isIdentity: ({ x }, { axis }) => requireAxes(axis, x.shape, "x").every((at) => x.shape[at] === 1),
  gradient: ({ attrs: { axis }, dy }, ops) => ({ x: ops.reverse(dy, axis) }),
});

/**
 * x with the elements along some axes in the opposite order.
 *
 * @param axis one or several, negative ones count from the end.
 * @throws ShapeError when x has no such axis.
 */
export function reverse<const X extends TensorLike, const Axis extends number | readonly number[]>(
  x: X,
  axis: Checked<Axis, AxisProblem<"reverse", ShapeOf<X>, Axis>>,
  options: OpOptions = {},
): Tensor<ShapeOf<X>, DTypeOf<X>> {
  return apply(Reverse, { x: toTensor(x) }, { axis: axis as number | readonly number[] }, options);
}
