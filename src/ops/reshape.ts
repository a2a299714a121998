import type { Checked, Reshape as Reshaped, ReshapeProblem } from "../core/shape-types.ts";
import { formatShape, type Shape, sizeOf, staticSize } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import { OpProblem } from "../graph/problem.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireValue, requireList } from "./shared/requirements.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export interface ReshapeAttrs {
  /** At most one -1. */
  readonly shape: readonly number[];
}

export const Reshape: OpDef<"Reshape", ["x"], ReshapeAttrs> = defineOp({
  name: "Reshape",
  inputs: ["x"],
  view: true,
  infer: ({ x }, { shape }) => ({ shape: fillIn(shape, x.shape), dtype: x.dtype }),
  gradient: ({ inputs: { x }, dy }, ops) => ({ x: ops.reshapeLike(dy, x) }),
});

/**
 * The same elements in row-major order under another shape. Costs nothing.
 *
 * @param shape as many elements as x; one dimension may be -1, for whatever is left over.
 * @throws ShapeError when the numbers of elements differ. @throws ValueError when `shape` is no shape.
 */
export function reshape<const X extends TensorLike, const To extends readonly number[]>(
  x: X,
  shape: Checked<To, ReshapeProblem<To>>,
  options: OpOptions = {},
): Tensor<Reshaped<ShapeOf<X>, To>, DTypeOf<X>> {
  return apply(Reshape, { x: toTensor(x) }, { shape: shape as readonly number[] }, options);
}

/** `wanted` with its -1 replaced by what is left over; `null` while the size of x is unknown. */
function fillIn(wanted: readonly number[], x: Shape): Shape {
  requireList("shape", wanted, "a shape is a list: [2, 3], [-1] for a vector.");
  const isDimension = (dimension: number): boolean => Number.isInteger(dimension) && dimension >= -1;
  const open = wanted.filter((dimension) => dimension === -1).length;
  requireValue(
    wanted.every(isDimension) && open <= 1,
    `[${wanted.join(", ")}] is no shape.`,
    "use integers of 0 or more, and at most one -1.",
  );
  const size = staticSize(x);
  const known = wanted.reduce((product, dimension) => (dimension === -1 ? product : product * dimension), 1);
  if (size === null) return wanted.map((dimension) => (dimension === -1 ? null : dimension));
  const rest = open === 0 ? 1 : size / known;
  if (!Number.isInteger(rest) || known * rest !== size) {
    throw new OpProblem("shape", `x has ${size} elements, [${wanted.join(", ")}] does not hold as many.`, {
      notes: { x: `${size} elements` },
      fix: open === 0 ? sizeFix(wanted, size) : `${formatShape(x)} must divide evenly.`,
    });
  }
  return wanted.map((dimension) => (dimension === -1 ? rest : dimension));
}

/** With one dimension as -1, where the others allow it. */
function sizeFix(wanted: readonly number[], size: number): string {
  const rest = (at: number): number => sizeOf(wanted.with(at, 1));
  const open = wanted.findIndex((_, at) => size % rest(at) === 0);
  if (open < 0) return `use dimensions whose product is ${size}.`;
  return `write [${wanted.with(open, -1).join(", ")}]: -1 takes what is left over, ${size / rest(open)}.`;
}
