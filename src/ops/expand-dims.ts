import type { Checked, ExpandDims as Expanded, ExpandDimsProblem } from "../core/shape-types.ts";
import type { Shape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { requireAxes } from "./shared/axes.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export interface ExpandDimsAttrs {
  /** Axes of the result that are new. */
  readonly axes: readonly number[];
}

export const ExpandDims: OpDef<"ExpandDims", ["x"], ExpandDimsAttrs> = defineOp({
  name: "ExpandDims",
  inputs: ["x"],
  view: true,
  infer: ({ x }, { axes }) => ({ shape: insertOnes(x.shape, axes), dtype: x.dtype }),
  gradient: ({ inputs: { x }, dy }, ops) => ({ x: ops.reshapeLike(dy, x) }),
});

/**
 * Adds an axis of dimension 1. Costs nothing.
 *
 * @param axis where it stands in the result, from -rank - 1 to rank.
 * @throws ShapeError when the result has no such axis.
 */
export function expandDims<const X extends TensorLike, const Axis extends number>(
  x: X,
  axis: Checked<Axis, ExpandDimsProblem<ShapeOf<X>, Axis>>,
  options: OpOptions = {},
): Tensor<Expanded<ShapeOf<X>, Axis>, DTypeOf<X>> {
  return apply(ExpandDims, { x: toTensor(x) }, { axes: [axis as number] }, options);
}

/** Adds several axes at once: `axes` are axes of the result. How reductions get their folded axes back. */
export function expandAxes(x: Tensor, axes: readonly number[]): Tensor {
  return axes.length === 0 ? x : apply(ExpandDims, { x }, { axes });
}

function insertOnes(shape: Shape, axes: readonly number[]): Shape {
  const result: (number | null)[] = new Array<null>(shape.length + axes.length).fill(null);
  const added = new Set(requireAxes(axes, result, "the result"));
  const rest = shape.values();
  return result.map((_, axis) => (added.has(axis) ? 1 : (rest.next().value ?? null)));
}
