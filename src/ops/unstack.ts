import type { AxisProblem, Unstack as Unstacked } from "../core/shape-types.ts";
import { ShapeError } from "../core/errors.ts";
import { formatShape } from "../core/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import { type SplitOptions, split } from "./split.ts";
import { squeeze } from "./squeeze.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";

/**
 * The slices of a tensor along an axis, each without it.
 *
 * @throws ShapeError when x has no such axis, or its dimension is unknown: how many tensors come out must be known.
 */
export function unstack<const X extends TensorLike, const Axis extends number = 0>(
  x: X,
  options: SplitOptions<Axis, AxisProblem<"unstack", ShapeOf<X>, Axis>> = {},
): Tensor<Unstacked<ShapeOf<X>, Axis>, DTypeOf<X>>[] {
  requireOptions("unstack", options, "axis");
  const tensor = toTensor(x);
  const axis = (options.axis as number | undefined) ?? 0;
  const count = tensor.shape.at(axis);
  if (typeof count !== "number" || axis >= tensor.rank) {
    throw new ShapeError({
      problem: `unstack: axis ${axis} of x must be there and known.`,
      operands: [{ name: "x", value: formatShape(tensor.shape), note: tensor.name }],
      fix: "name an axis whose dimension is a number.",
      site: tensor.op.site,
    });
  }
  const build = (): Tensor[] =>
    count === 0 ? [] : split(tensor, count, { axis }).map((piece): Tensor => squeeze(piece, { axis }));
  return tensor.graph.nameScope(options.name ?? "unstack", build) as ReturnType<typeof unstack<X, Axis>>;
}
