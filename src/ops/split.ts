import type { AxisProblem, Checked, Split as Pieces } from "../core/shape-types.ts";
import type { Shape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import { OpProblem } from "../graph/problem.ts";
import type { Tensor } from "../graph/tensor.ts";
import { requireAxis } from "./shared/axes.ts";
import type { AxisGeometry } from "./concat.ts";
import { applyOp, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireValue, requireList } from "./shared/requirements.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";

export interface SplitAttrs {
  readonly axis: number;
  /** How many equal parts, or the size of each; one may be -1, the rest. */
  readonly parts: number | readonly number[];
}

export const Split: OpDef<"Split", ["x"], SplitAttrs, AxisGeometry> = defineOp({
  name: "Split",
  inputs: ["x"],
  infer: ({ x }, { axis, parts }) => {
    const at = requireAxis(axis, x.shape, "x");
    const sizes = sizesOf(parts, x.shape[at] ?? null, at);
    return sizes.map((size) => ({ shape: x.shape.with(at, size), dtype: x.dtype }));
  },
  geometry: ({ x }, { axis }) => ({ axis: requireAxis(axis, x.shape, "x") }),
  isIdentity: ({ x }, { axis, parts }) => sizesOf(parts, x.shape.at(axis)!, axis).length === 1,
  gradient: ({ attrs: { axis }, ys, dys }, ops) => ({
    x: ops.concat(
      ys.map((y, index): Tensor => dys[index] ?? ops.zerosLike(y)),
      axis,
    ),
  }),
});

export interface SplitOptions<Axis extends number, Problem> extends OpOptions {
  /** Negative ones count from the end; default 0. */
  readonly axis?: Checked<Axis, Problem> | undefined;
}

/**
 * Cuts a tensor into pieces along an axis.
 *
 * @param parts a number of equal pieces, or the size of each piece, of which one may be -1, for what is left over.
 * @throws ShapeError when the pieces do not add up to the axis. @throws ValueError when `parts` is no such number or list.
 */
export function split<const X extends TensorLike, const Axis extends number = 0>(
  x: X,
  parts: number | readonly number[],
  options: SplitOptions<Axis, AxisProblem<"split", ShapeOf<X>, Axis>> = {},
): Tensor<Pieces<ShapeOf<X>, Axis>, DTypeOf<X>>[] {
  requireOptions("split", options, "axis");
  const axis = (options.axis as number | undefined) ?? 0;
  return [...applyOp(Split, { x: toTensor(x) }, { axis, parts }, options).outputs] as ReturnType<typeof split<X, Axis>>;
}

function sizesOf(parts: number | readonly number[], dimension: number | null, axis: number): Shape {
  if (typeof parts === "number") {
    requireValue(Number.isInteger(parts) && parts > 0, `${parts} pieces.`, "use an integer of 1 or more.");
    const size = dimension === null ? null : dimension / parts;
    if (size === null || Number.isInteger(size)) return new Array<number | null>(parts).fill(size);
    throw new OpProblem("shape", `axis ${axis} of ${dimension} does not split into ${parts} equal pieces.`, {
      fix: "pass the sizes of the pieces as a list.",
    });
  }
  requireList("parts", parts, "pass a number of pieces, or the size of each as a list.");
  const open = parts.filter((size) => size === -1).length;
  requireValue(
    parts.length > 0 && open <= 1 && parts.every((size) => Number.isInteger(size) && size >= -1),
    `sizes [${parts.join(", ")}].`,
    "use integers of 0 or more, and at most one -1.",
  );
  const known = parts.reduce((sum, size) => sum + Math.max(size, 0), 0);
  if (dimension !== null && (open === 0 ? known !== dimension : known > dimension)) {
    throw new OpProblem("shape", `sizes [${parts.join(", ")}] do not add up to axis ${axis} of ${dimension}.`, {
      fix: "make one of them -1, it takes what is left over.",
    });
  }
  return parts.map((size) => (size >= 0 ? size : dimension === null ? null : dimension - known));
}
