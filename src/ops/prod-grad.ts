import { GradientError } from "../core/errors.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { requireAxes } from "./shared/axes.ts";
import { apply, defineOp, type Ops } from "./shared/define-op.ts";
import type { ReductionGeometry } from "./shared/reduction.ts";
import { requireDType } from "./shared/requirements.ts";
import { gradientOfFormula } from "./shared/gradient-of-formula.ts";

type Inputs = Readonly<Record<"x" | "dy", Tensor>>;

export interface ProdGradAttrs {
  readonly axes: readonly number[];
}

/** dx = dy times the product of all other elements: without a division, so that zeros are right. */
export const ProdGrad: OpDef<"ProdGrad", ["x", "dy"], ProdGradAttrs, ReductionGeometry> = defineOp({
  name: "ProdGrad",
  inputs: ["x", "dy"],
  infer: ({ x, dy }, { axes }) => {
    requireDType("x", x, "float32");
    requireDType("dy", dy, "float32");
    requireAxes(axes, x.shape, "x");
    return x;
  },
  geometry: ({ x }, { axes }) => ({ axes: requireAxes(axes, x.shape, "x") }),
  gradient: (context, ops) => gradientOfFormula(context, ops, (inputs) => [formula(inputs, context.attrs, ops)]),
});

/**
 * For each element a row of all n that are multiplied with it, with 1 in its own place, and the products of these rows:
 * n² elements, but no division either.
 */
function formula({ x, dy }: Inputs, { axes }: ProdGradAttrs, ops: Ops): Tensor {
  const folded = requireAxes(axes, x.shape, "x");
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !folded.includes(axis));
  const perm = [...kept, ...folded];
  const inOrder = ops.transpose(x, perm);
  const n = requireKnown(folded.map((axis) => x.shape[axis]!));
  // One row of n for each product; no rows could not be told from any number of rows of no elements.
  const rows = ops.reshape(inOrder, n === 0 ? [0, 1, 0] : [-1, 1, n]);
  const place = x.graph.asDefault(() => ops.range(0, n));
  const isOwn = ops.equal(ops.expandDims(place, 1), place);
  const others = ops.where(isOwn, 1, rows);
  const products = ops.reshapeLike(ops.reduceProd(others, { axis: 2 }), inOrder);
  return ops.mul(
    dy,
    ops.transpose(
      products,
      perm.map((_, axis) => perm.indexOf(axis)),
    ),
  );
}

function requireKnown(sizes: readonly (number | null)[]): number {
  return sizes.reduce<number>((size, dimension) => {
    if (dimension !== null) return size * dimension;
    throw new GradientError({
      problem: "reduceProd: its second derivative over an axis of unknown size is not implemented.",
      fix: "give the placeholder the axis's size.",
    });
  }, 1);
}

/** The gradient of `reduceProd`; `dy` has the folded axes as 1. */
export function prodGrad(x: Tensor, dy: Tensor, axes: readonly number[]): Tensor {
  return apply(ProdGrad, { x, dy }, { axes });
}
