import type { AxisArgument, Checked, Squeeze as Squeezed, SqueezeProblem } from "../core/shape-types.ts";
import { formatShape, isConcrete } from "../core/shape.ts";
import type { OpDef, TensorSpec } from "../graph/op-def.ts";
import { OpProblem } from "../graph/problem.ts";
import type { Tensor } from "../graph/tensor.ts";
import { requireAxes } from "./shared/axes.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";

export interface SqueezeAttrs {
  /** `null`: every axis of dimension 1. */
  readonly axes: number | readonly number[] | null;
}

export const Squeeze: OpDef<"Squeeze", ["x"], SqueezeAttrs> = defineOp({
  name: "Squeeze",
  inputs: ["x"],
  view: true,
  infer: ({ x }, { axes }) => {
    const gone = axes === null ? axesOfOne(x) : requireAxes(axes, x.shape, "x");
    const wide = gone.find((axis) => x.shape[axis] !== 1 && x.shape[axis] !== null);
    if (wide !== undefined) {
      throw new OpProblem("shape", `axis ${wide} of x is ${x.shape[wide]}, not 1.`, {
        fix: "name only axes of dimension 1.",
      });
    }
    return { shape: x.shape.filter((_, axis) => !gone.includes(axis)), dtype: x.dtype };
  },
  gradient: ({ inputs: { x }, dy }, ops) => ({ x: ops.reshapeLike(dy, x) }),
});

export interface SqueezeOptions<Axis extends AxisArgument, Problem> extends OpOptions {
  /** Which axes of dimension 1 go; default: all of them. */
  readonly axis?: Checked<Axis, Problem>;
}

/**
 * Removes axes of dimension 1. Costs nothing.
 *
 * @throws ShapeError when a named axis is not 1, or when none is named and a dimension is unknown.
 */
export function squeeze<const X extends TensorLike, const Axis extends AxisArgument = undefined>(
  x: X,
  options: SqueezeOptions<Axis, SqueezeProblem<ShapeOf<X>, Axis>> = {},
): Tensor<Squeezed<ShapeOf<X>, Axis>, DTypeOf<X>> {
  requireOptions("squeeze", options, "axis");
  const axis = options.axis as AxisArgument;
  return apply(Squeeze, { x: toTensor(x) }, { axes: axis ?? null }, options);
}

function axesOfOne({ shape }: TensorSpec): number[] {
  if (!isConcrete(shape)) {
    throw new OpProblem("shape", `which axes of ${formatShape(shape)} are 1 is known only at run time.`, {
      fix: "name them: squeeze(x, { axis: [1, 2] }).",
    });
  }
  return shape.flatMap((dimension, axis) => (dimension === 1 ? [axis] : []));
}
